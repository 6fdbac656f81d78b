a
  %{ for x in v ~}
  - ${x}
  %{ endfor ~}
end ${~ 1 ~}
   z $${x} \n "q"