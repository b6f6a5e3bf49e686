package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"onestep/bot/store/bare"
	"onestep/bot/store/redistest"
)

// benchRun runs a measurement on a Redis of its own.
func benchRun(t *testing.T, args ...string) (out, errs string, code int, url string) {
	t.Helper()
	url = redistest.Start(t).URL()
	var stdout, stderr bytes.Buffer
	code = run(append([]string{"bench"}, args...), world{
		Context: t.Context(), In: strings.NewReader(""), Out: &stdout, Err: &stderr, Environ: []string{"ONESTEP_REDIS_URL=" + url},
	})
	return stdout.String(), stderr.String(), code, url
}

// Every measurement tells one object with its rates, and leaves nothing behind.
func TestBench(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"turns", "--patients", "100", "--json"},
		{"delivery", "--messages", "120", "--drain", "100", "--speed", "3", "--replies", "3", "--json"},
		{"memory", "--patients", "50,100", "--json"},
		{"growth", "--patients", "50,100", "--rounds", "1", "--json"},
		{"due", "--patients", "50,100", "--json"},
	} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			out, errs, code, url := benchRun(t, args...)
			if code != done {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			var got struct {
				Bench     string  `json:"bench"`
				Ratio     float64 `json:"ratio"`
				PerSecond float64 `json:"per_second"`
				Reference float64 `json:"reference_per_second"`
				Scripts   float64 `json:"scripts_per_turn"`
				Used      float64 `json:"rate_used"`
				Busiest   int     `json:"busiest_second"`
				Refused   int     `json:"refused"`
				Replies   int     `json:"replies"`
				P99       float64 `json:"reply_p99_seconds"`
				CPU       float64 `json:"cpu_us"`
				Bare      float64 `json:"reference_cpu_us"`
				Sizes     []struct {
					CPU  float64 `json:"cpu_us"`
					Turn float64 `json:"turn_cpu_us"`
					Due  float64 `json:"due_cpu_us"`
					Bare float64 `json:"reference_cpu_us"`
				} `json:"sizes"`
			}
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatalf("%v in %s", err, out)
			}
			if got.Bench != args[0] || got.PerSecond <= 0 || got.Reference <= 0 || got.Ratio != got.PerSecond/got.Reference {
				t.Errorf("told %s", out)
			}
			// All turns of a check-in commit, each with one script; the first
			// also sends its source.
			if got.Bench == "turns" && (got.Scripts < 1 || got.Scripts > 1.2) {
				t.Errorf("%v scripts a turn", got.Scripts)
			}
			// Nothing here is free, and nothing takes a tenth of a second.
			costs := [][2]float64{{got.Bare, got.CPU}}
			for _, size := range got.Sizes {
				costs = append(costs, [2]float64{size.Bare, size.CPU + size.Turn})
				if got.Bench == "growth" && (size.Due < 0.1 || size.Due > size.Turn) {
					t.Errorf("a due entry costs %v µs", size.Due)
				}
			}
			for _, c := range costs {
				if got.Bench != "memory" && c != [2]float64{} && (c[0] < 1 || c[1] < 5 || c[0] > 1e5 || c[1] > 1e5) {
					t.Errorf("%v µs for a bare turn and one of ours", c)
				}
			}
			// How fast answers are is for a quiet machine to say.
			if got.Bench == "delivery" && (got.Used < 0.5 || got.Used > 1.1 || got.Busiest < 20 || got.Refused != 0 || got.Replies == 0 || got.P99 <= 0) {
				t.Errorf("told %s", out)
			}
			left, err := bare.Open(t.Context(), url, "nobody:")
			if err != nil {
				t.Fatalf("something is left behind: %v", err)
			}
			left.Close()
		})
	}
}

// Without --json people read each size as it is measured, and then the figure.
func TestBenchTellsPeople(t *testing.T) {
	t.Parallel()
	out, errs, code, _ := benchRun(t, "due", "--patients", "20,40")
	if code != done || !regexp.MustCompile(`^ +20 due at once .*\n +40 due at once .*\n +20 due at once .*\nlinear \d+\.\d\d, by processors \d+\.\d\d\n$`).MatchString(out) {
		t.Errorf("exit code %d, told %q and %q", code, out, errs)
	}
}

func TestBenchLeavesOtherDataAlone(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	client := redistest.Client(t, server.URL())
	if err := client.Set(t.Context(), "somebody's", "data", 0).Err(); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	code := run([]string{"bench", "turns"}, world{Context: t.Context(), Err: &stderr, Environ: []string{"ONESTEP_REDIS_URL=" + server.URL()}})
	if code != failed || !strings.Contains(stderr.String(), "choose an empty one") {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	if got := client.Get(t.Context(), "somebody's").Val(); got != "data" {
		t.Errorf("the data is %q now", got)
	}
	if n := client.DBSize(t.Context()).Val(); n != 1 {
		t.Errorf("%d keys are there now", n)
	}
}
