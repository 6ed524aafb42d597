"""One file per question a policymaker asks; each reads like an outline."""
