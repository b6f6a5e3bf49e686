package bot

import (
	"testing"
	"time"
)

func TestCaseViewShowsWordsAndNoBareAnswers(t *testing.T) {
	t.Parallel()
	var recent []Entry
	for _, e := range []Entry{
		{What: "answer", Raw: "2", Rule: "button", Value: "2"},
		{What: "answer", Raw: "yes", Rule: "yesno/yes", Value: "yes"},
		{What: "answer", Raw: "Tea", Rule: "text", Value: "Tea"},
		{What: "answer", Raw: "about a 6 since the rain stopped", Rule: "scale/number", Value: "6"},
		{What: "fact", Raw: "a fact", Value: "a fact"},
		{What: "note", Raw: "ta"},
	} {
		e.At = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
		recent = append(recent, e)
	}
	got := caseView(&Patient{Case: "Wren-417"}, recent, time.UTC)
	want := "Wren-417\nTheir latest words:\nMon 2 Mar 10:00: “Tea”\nMon 2 Mar 10:00: “about a 6 since the rain stopped”\nMon 2 Mar 10:00: “ta”"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
