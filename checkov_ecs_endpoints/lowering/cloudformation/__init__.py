"""CloudFormation's resources, translated to the model."""
