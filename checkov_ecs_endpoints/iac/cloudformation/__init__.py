"""CloudFormation templates, resolved as CloudFormation resolves them, as far as the files tell."""
