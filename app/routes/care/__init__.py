"""客服: the calls after the car has gone."""
