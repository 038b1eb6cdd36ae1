"""How does the mill run by itself: which deployments, which automations, whom it tells?"""
