"""The functions that expressions are made with: for each kind of result, names and kinds of arguments.

An argument written ``kind*`` may be given any number of times.
"""

from __future__ import annotations

SIGNATURES: dict[str, tuple[tuple[str, str], ...]] = {
    "number": (
        ("abs", "number"), ("ceil", "number"), ("floor", "number"), ("signum", "count"),
        ("max", "number number*"), ("min", "number number*"), ("pow", "count count"),
        ("parseint", "digits base"), ("length", "many"), ("length", "string"), ("index", "sequence any"),
        ("sum", "numbers"), ("tonumber", "numeral"), ("tonumber", "number"), ("timecmp", "time time"),
        ("log", "positive positive"), ("one", "single"), ("max", "numbers..."), ("element", "numbers count"),
    ),
    "string": (
        ("upper", "string"), ("lower", "string"), ("title", "string"), ("trimspace", "string"),
        ("chomp", "string"), ("strrev", "string"), ("join", "string strings*"), ("join", "string set"),
        ("replace", "string string string"), ("replace", "string patterntext replacement"),
        ("substr", "string offset count"), ("indent", "count string"), ("indent", "count heredoc"),
        ("trim", "string string"), ("trimprefix", "string string"), ("trimsuffix", "string string"),
        ("format", "format any"), ("format", "numberformat number"), ("format", "twoformat any any"),
        ("jsonencode", "any"), ("yamlencode", "any"), ("base64encode", "string"), ("base64decode", "base64"),
        ("urlencode", "string"), ("md5", "string"), ("sha1", "string"), ("sha256", "string"),
        ("sha512", "string"), ("base64sha256", "string"), ("base64sha512", "string"),
        ("cidrhost", "prefix count"), ("cidrnetmask", "prefix"), ("cidrsubnet", "prefix count count"),
        ("formatdate", "dateformat time"), ("timeadd", "time duration"), ("basename", "path"),
        ("dirname", "path"), ("tostring", "scalar"), ("uuidv5", "namespace string"),
        ("textencodebase64", "string codec"), ("textdecodebase64", "base64 codec"),
        ("coalesce", "string string*"), ("element", "strings count"), ("lookup", "mapping key string"),
        ("nonsensitive", "sensitive"), ("sensitive", "string"), ("try", "any string"),
        ("core::upper", "string"),
        ("regex", "pattern string"), ("file", "file"), ("filebase64", "file"), ("filemd5", "file"),
        ("filesha1", "file"), ("filesha256", "file"), ("filesha512", "file"), ("filebase64sha256", "file"),
        ("filebase64sha512", "file"), ("templatefile", "template variables"), ("trimprefix", "absolute here"),
        ("templatestring", "templatetext variables"), ("pathexpand", "path"), ("ephemeralasnull", "string"),
        ("one", "singleword"),
    ),
    "bool": (
        ("startswith", "string string"), ("endswith", "string string"), ("strcontains", "string string"),
        ("contains", "sequence any"), ("contains", "set string"), ("alltrue", "bools"), ("anytrue", "bools"),
        ("tobool", "truth"), ("can", "any"), ("fileexists", "inside"), ("fileexists", "file"),
        ("issensitive", "sensitive"), ("issensitive", "string"),
    ),
    "sequence": (
        ("concat", "sequence sequence*"), ("reverse", "sequence"), ("flatten", "nested"),
        ("distinct", "sequence"), ("compact", "strings"), ("sort", "strings"),
        ("slice", "sequence count count"), ("chunklist", "sequence count"), ("split", "string string"),
        ("keys", "mapping"), ("values", "mapping"), ("range", "count"), ("range", "count count"),
        ("range", "count count positive"), ("tolist", "sequence"), ("tolist", "set"),
        ("setproduct", "sequence sequence"), ("setproduct", "set set"),
        ("matchkeys", "strings strings strings"), ("coalescelist", "sequence sequence"),
        ("regexall", "pattern string"), ("formatlist", "format strings"),
        ("formatlist", "twoformat strings any"),
        ("cidrsubnets", "prefix count count*"), ("csvdecode", "csv"), ("concat", "nested..."),
    ),
    "mapping": (
        ("merge", "mapping mapping*"), ("zipmap", "strings sequence"), ("tomap", "mapping"),
        ("transpose", "mapping"), ("jsondecode", "json"), ("yamldecode", "yaml"), ("merge", "mappings..."),
    ),
    "set": (
        ("toset", "sequence"), ("setunion", "set set"), ("setintersection", "set strings"),
        ("setsubtract", "set set"), ("toset", "strings"), ("fileset", "directory glob"),
    ),
}  # fmt: skip

DIFFERING = frozenset({"timestamp", "plantimestamp", "uuid", "bcrypt"})
"""Functions whose result differs from run to run; what is made with them is never known."""

NOT_WORKED_OUT = frozenset({"base64gzip", "rsadecrypt"})
"""Bytes that depend on the library that Terraform is built with, and what a private key keeps secret."""

CONSTANTS: dict[str, tuple[str, ...]] = {
    "count": ("0", "1", "2", "3", "4", "8"),
    "positive": ("2", "10", "8", "0.5"),
    "offset": ("0", "1", "-1", "-2"),
    "base": ("2", "10", "16", "36", "62"),
    "digits": ('"101"', '"ff"', '"-7"', '"zZ"', '"0"'),
    "numeral": ('"10"', '"1.5"', '"-0.25"', '"1e3"', '"x"', "null"),
    "truth": ('"true"', '"false"', '"1"', '"0"', '"yes"', "null", "true"),
    "prefix": ('"10.0.0.0/8"', '"10.1.2.3/16"', '"192.168.0.0/24"', '"fd00::/48"'),
    "time": ('"2020-01-02T03:04:05Z"', '"2024-02-29T23:59:59+02:00"'),
    "pattern": (
        '"[a-z]+"', '"(\\\\w)(\\\\d)?"', '"(?P<first>.)(?P<rest>.*)"', '"^a"', '"b$"',
        '"[[:alpha:]]"',
    ),
    "patterntext": ('"/[a-z]+/"', '"/(\\\\w)-?/"', '"/(?P<x>l+)/"'),
    "replacement": ('"<$1>"', '"$${x}"', '"-"', '"$0$0"'),
    "format": ('"%s"', '"%v"', '"%5s|"', '"%-6v|"', '"%#v"', '"%q"'),
    "twoformat": ('"%s-%v"', '"%[2]v %[1]v"', '"%v%%%v"'),
    "numberformat": ('"%d"', '"%05d"', '"%x"', '"%.2f"', '"%e"', '"%g"', '"%+d"', '"%v"', '"%b"', '"%o"'),
    "dateformat": ('"YYYY-MM-DD"', '"EEE, DD MMM YY hh:mm:ss ZZZ"', "\"h:m:s aa'x'\""),
    "duration": ('"1h"', '"-90m"', '"1.5s"', '"24h30m"'),
    "namespace": ('"dns"', '"url"', '"oid"', '"x500"'),
    "codec": ('"UTF-8"', '"UTF-16LE"', '"ISO-8859-1"'),
    "base64": ('"YWJj"', '"aGVsbG8="', '"w6k="', '"?"', "local.encoded"),
    "path": ('"a/b/c.txt"', '"/x//y/"', '"."', '"../up"', '""', '"list.tpl"'),
    "inside": ('"a/b/c.txt"', '"list.tpl"', '"no/../list.tpl"', '"./no"'),
    "file": (
        '"value.tpl"', '"list.tpl"', '"strip.tpl"', '"./choice.tpl"', '"no.tpl"',
        '"${path.module}/value.tpl"',
    ),
    "template": ('"value.tpl"', '"list.tpl"', '"choice.tpl"', '"strip.tpl"'),
    "templatetext": ("local.template", "local.template_loop", "local.object.name"),
    "directory": ('"."', "path.module", '"nowhere"'),
    "glob": ('"*.tpl"', '"m*"', '"{value,list}.*"', '"**.tpl"', '"?a*.tpl"', '"**/*.tpl"'),
    "csv": ('"a,b\\n1,2\\n"', '"k\\n\\"x,y\\"\\n"', '"a,a\\n1,2"', '"a"', '""'),
    "json": (
        '"{\\"k\\": [1, null]}"', '"[true]"', '"{"', '"1.50"', '"\\"\\\\u00e9\\""',
        "jsonencode(local.object)",
    ),
    "yaml": (
        '"a: 1\\nb: [x, ~]\\n"', '"- yes\\n- 012\\n- 1e3"', '"{a: b}"', "yamlencode(local.object)",
        '"x: &y 1\\nz: *y"',
    ),
    "absolute": (
        'abspath("a/../b")', "abspath(path.module)", 'abspath("./x//y/")',
        'abspath("/etc/./hosts")',
    ),
    "here": ('abspath(".")',),
    "key": ('"a"', '"b"', '"name"', '"none"'),
}  # fmt: skip
