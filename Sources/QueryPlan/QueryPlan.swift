// QueryPlan
