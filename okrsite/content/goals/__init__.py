"""From documents to the model: objectives, key results, check-ins, KPIs, rollouts, and what they name."""
