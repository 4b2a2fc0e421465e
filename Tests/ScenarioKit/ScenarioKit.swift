// ScenarioKit: reads scenarios that others wrote and judges the engine by them.
//
// `TCK/` understands the openCypher feature files, `Golden/` the recorded answers of a real server.
// Both the test targets and the `scenarios` command use it, so that a scenario is judged the same in
// `make test` and in `make tck` or `make golden`.
