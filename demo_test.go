package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
)

func TestDemoPlaysFourWeeks(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "demo", "--auto")
	if code != done || err != "" {
		t.Fatalf("exit code %d, and: %s", code, err)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(out), "\n\n")
	if !strings.Contains(strings.Join(strings.Fields(first), " "), "forgotten at the end") {
		t.Errorf("it does not begin by saying that all is forgotten: %q", first)
	}
	for what, want := range map[string]struct {
		pattern string
		least   int
	}{
		"check-ins":            {`(?m)^Patient \| Wed \d+ \w+ 10:00 \| onestep\n  Hello again`, 4},
		"up, with the last":    {`Last time 4, today 5`, 1},
		"the same":             {`Still at 5`, 1},
		"reminder":             {`Patient \| Fri 20 Mar 10:00 \| onestep\n  No rush`, 1},
		"asked back":           {`much like last week\n\nPatient.*\n  I want to get this right`, 1},
		"a step set":           {`I will ask you on Friday 27`, 1},
		"a step followed up":   {`Fri 27 Mar 10:31 \| Ada presses\n  \[Done\]`, 1},
		"a low number nudges":  {`Link worker \| Wed 25 Mar .*\n.*-\d+: Gave a low number`, 1},
		"a nudge done":         {`Sam presses\n +\[Done\]`, 2},
		"up again":             {`Last time 2, today 6`, 1},
		"ten stays ten in BST": {`Patient \| Wed 1 Apr 10:00`, 1},
		"summaries":            {`Team channel \| Mon \d+ \w+ 09:00 \| onestep\n +Harbour team, the week from Monday`, 5},
	} {
		if n := len(regexp.MustCompile(want.pattern).FindAllString(out, -1)); n < want.least {
			t.Errorf("%s: %d times, want %d", what, n, want.least)
		}
	}
	// The scripts may have changed under the story: every question that Ada is
	// asked must have an answer of her own.
	if strings.Contains(out, "Ada writes\n  skip\n") {
		t.Error("Ada was asked something that the story has no answer for")
	}
	for line := range strings.SplitSeq(out, "\n") {
		if uniseg.StringWidth(line) > 80 {
			t.Errorf("wider than 80 columns: %q", line)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
}

// smallStage is a stage with Ada alone, which is quick.
func smallStage(t *testing.T, w world) *stage {
	t.Helper()
	s, err := openStage(w, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s
}

func TestDemoVisitor(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{"Slept well", "7", "/worker caseload", "", "/worker 1", "stop", "/QUIT", "never read"}, "\n")
	var out, log strings.Builder
	w := world{Context: t.Context(), In: strings.NewReader(in), Out: &out, Err: &log}
	s := smallStage(t, w)
	if err := s.perform(w, true); err != nil || log.Len() > 0 {
		t.Fatalf("%v, and: %s", err, &log)
	}
	_, visit, found := strings.Cut(out.String(), "* Now you are Ada.")
	if !found {
		t.Fatal("nobody was asked to type")
	}
	for _, want := range []string{
		`Patient \| Wed 8 Apr 10:01 \| Ada writes\n  Slept well\n`,
		`Patient \| Wed 8 Apr 10:02 \| Ada presses\n  \[7\]\n`,
		`Sam writes\n +caseload\n(.*\n)+ +\w+-\d+\n`,
		`\* It is now \w+ \d+ April, \d\d:\d\d\.\n`,
		`Sam presses\n +\[Done\]\n`,
		`Ada writes\n  stop\n\nPatient.*\n  (OK\. )?I have stopped`,
		`\* That was the demo\. Nothing of it is kept\.\n$`,
	} {
		if !regexp.MustCompile(want).MatchString(visit) {
			t.Errorf("the visit lacks %s:\n%s", want, visit)
		}
	}
	if strings.Contains(visit, "never read") {
		t.Error("it went on after /quit")
	}
}

func TestDemoOnAPage(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan error, 1)
	log := new(strings.Builder)
	w := world{Context: ctx, Out: in, Err: log}
	s := smallStage(t, w)
	go func() {
		ended <- s.serve(w, "127.0.0.1:0")
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	url := ""
	for url == "" && lines.Scan() {
		url = regexp.MustCompile(`http://\S+`).FindString(lines.Text())
	}
	go io.Copy(io.Discard, out)
	if url == "" {
		t.Fatalf("no address: %v", <-ended)
	}
	events, err := http.Get(url + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	seen := bufio.NewScanner(events.Body)
	until(t, seen, `event: ready`)
	for path, body := range map[string]string{"/write": `{"pane":0,"text":"Slept well"}`, "/forward": `{}`} {
		answer, err := http.Post(url+path, "application/json", strings.NewReader(body))
		if err != nil || answer.StatusCode >= 300 {
			t.Fatalf("%s: %v %v", path, answer, err)
		}
		answer.Body.Close()
		if path == "/write" {
			until(t, seen, `"mine":true,"speaker":"Ada writes","text":"Slept well"`)
			until(t, seen, `"mine":false,"speaker":"onestep"`)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil || log.Len() > 0 {
			t.Errorf("%v, and: %s", err, log)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}

// until reads lines up to one that holds a text.
func until(t *testing.T, in *bufio.Scanner, text string) {
	t.Helper()
	for in.Scan() {
		if strings.Contains(in.Text(), text) {
			return
		}
	}
	t.Fatalf("the stream ended before %s: %v", text, in.Err())
}

func TestDemoRefuses(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"demo --web 0.0.0.0:8088": "can be reached from other machines",
	} {
		if code, _, err := onestep(t, "", strings.Fields(args)...); code != failed || !strings.Contains(err, want) {
			t.Errorf("%s: exit code %d: %s", args, code, err)
		}
	}
}
