"""The rules of the validator: one small function each, collected in `chuan.rules.procedure.validator`."""
