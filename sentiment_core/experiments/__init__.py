"""Many runs: baselines, the leaderboard, reproduction of published figures."""
