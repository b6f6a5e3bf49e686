package adaptertest

import "testing"

// Run shows that an adapter keeps the contract of bot.Adapter. Each test gets
// its own stage. Every log line and every error of every test is searched for
// tokens and for words that people wrote.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"words come in as they were written":             wordsComeIn,
		"acknowledged only after the inbox took it":      acknowledgedAfter,
		"a refused update comes again with the same id":  comesAgain,
		"an update outlives a restart":                   outlivesRestart,
		"a repeat has the same id":                       repeatsSame,
		"updates of one chat keep their order":           keepsOrder,
		"one chat does not hold up another":              sideBySide,
		"a button is pressed":                            presses,
		"an edit comes as an edit":                       edits,
		"a picture comes as media":                       pictures,
		"leaving and coming back":                        leaves,
		"stopping lets the update in hand end":           stopsGracefully,
		"words and buttons go out":                       goesOut,
		"every text arrives as it is":                    arrivesAsIs,
		"a long text arrives whole":                      longText,
		"every failure has its fate, and is not retried": fates,
		"nowhere is gone":                                nowhere,
		"a message that cannot be is ours":               impossible,
		"a cancelled send is not made":                   cancelled,
		"what is in other hands by now is not sent":      inOtherHands,
		"a caller's patience is kept":                    patienceKept,
		"an outage shows and ends":                       outage,
		"a revoked bot says so":                          revoked,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open)
		})
	}
}
