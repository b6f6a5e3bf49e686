package dialogs

import "testing"

// A stop or a pause ends by the person's clear wish alone.
func TestWantsStart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"start": true, "START": true, "/start": true, "Start!": true, "begin again": true, "please start again": true,
		"I'd like to start again": true, "I’d like to begin": true, "ok let's start": true, "resume": true, "I want to continue": true,
		"restart my check-ins please": true, "yes, start": true, "I am back": false, "back": false, "yes": false, "hello": false, "": false,
		"don't start": false, "do not start again": false, "please never start": false, "when do you start": false, "I start work at 9": false,
		"stop": false, "started": false, "starting over": true, "I want to stop": false,
	} {
		if got := wantsStart(text); got != want {
			t.Errorf("wantsStart(%q) = %v", text, got)
		}
	}
}

// A long text is quoted by its first whole words.
func TestQuote(t *testing.T) {
	t.Parallel()
	long := ""
	for range 40 {
		long += "words "
	}
	for text, want := range map[string]string{"short": "short", "": ""} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %q", text, got)
		}
	}
	got := quote(long)
	if len(got) > maxQuoted+3 || got[len(got)-8:] != "words..." {
		t.Errorf("quote cut to %q", got)
	}
}
