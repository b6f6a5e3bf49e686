package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

func sendErr(t *testing.T, err error) *bot.SendError {
	t.Helper()
	e, ok := errors.AsType[*bot.SendError](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	return e
}

func TestAMessageCarriesItsMarkAndNoWordsInTheNotice(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	id, err := a.Send(t.Context(), bot.Message{ID: "conv-1/2/3", Chat: private("U1"), Text: "Where are things today?", Buttons: scale()})
	if err != nil {
		t.Fatal(err)
	}
	m := s.Messages("U1")[0]
	if m.ID != id || m.Notice != notice || strings.Contains(m.Notice, "things") {
		t.Errorf("id %s, message %+v", id, m)
	}
	var meta slackapi.SlackMetadata
	if err := json.Unmarshal([]byte(m.Metadata), &meta); err != nil {
		t.Fatal(err)
	}
	if meta.EventType != "onestep" || len(meta.EventPayload) != 1 || meta.EventPayload["id"] != mark("conv-1/2/3") {
		t.Errorf("metadata %s", m.Metadata)
	}
}

func TestAPrivateChatIsOpenedOnce(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	s.AddChannel("C0CREW")
	for _, chat := range []string{"U1", "U1", "C0CREW", "U1"} {
		if _, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private(chat), Text: "hello"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Calls("conversations.open"); n != 1 {
		t.Errorf("opened %d times", n)
	}
	// What is remembered may grow old: the next attempt asks again.
	s.Break("chat.postMessage", slackfake.Fault{Error: "channel_not_found"})
	_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private("U1"), Text: "hello"})
	if e := sendErr(t, err); e.Fate != bot.Later {
		t.Errorf("fate %v", e.Fate)
	}
	s.Break("chat.postMessage", slackfake.Fault{Error: "channel_not_found"})
	_, err = a.Send(t.Context(), bot.Message{ID: "m", Chat: private("U1"), Text: "hello"})
	if e := sendErr(t, err); e.Fate != bot.Gone || s.Calls("conversations.open") != 2 {
		t.Errorf("fate %v after %d openings", e.Fate, s.Calls("conversations.open"))
	}
}

// The answers of Slack, as they come over the wire, and what they lead to.
func TestFates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault slackfake.Fault
		fate  bot.Fate
		after time.Duration
		there bool
	}{
		"429":                      {slackfake.Fault{Status: 429, RetryAfter: 30}, bot.Later, 30 * time.Second, false},
		"429 without a wait":       {slackfake.Fault{Status: 429}, bot.Later, 0, false},
		"ratelimited":              {slackfake.Fault{Error: "ratelimited"}, bot.Later, 0, false},
		"rate_limited":             {slackfake.Fault{Error: "rate_limited"}, bot.Later, 0, false},
		"500":                      {slackfake.Fault{Status: 500}, bot.Unknown, 0, false},
		"502":                      {slackfake.Fault{Status: 502}, bot.Unknown, 0, false},
		"503":                      {slackfake.Fault{Status: 503}, bot.Unknown, 0, false},
		"504":                      {slackfake.Fault{Status: 504}, bot.Unknown, 0, false},
		"413":                      {slackfake.Fault{Status: 413}, bot.Ours, 0, false},
		"403 of a proxy":           {slackfake.Fault{Status: 403}, bot.Later, 0, false},
		"302 of a proxy":           {slackfake.Fault{Status: 302}, bot.Later, 0, false},
		"200 with a page":          {slackfake.Fault{Status: 200}, bot.Unknown, 0, false},
		"no without a reason":      {slackfake.Fault{Empty: true}, bot.Unknown, 0, false},
		"yes without a ts":         {slackfake.Fault{NoTS: true}, bot.Unknown, 0, true},
		"dropped":                  {slackfake.Fault{DropBefore: true}, bot.Unknown, 0, false},
		"lost reply":               {slackfake.Fault{DropAfter: true}, bot.Unknown, 0, true},
		"slow":                     {slackfake.Fault{Hang: true}, bot.Unknown, 0, true},
		"fatal_error":              {slackfake.Fault{Error: "fatal_error"}, bot.Unknown, 0, false},
		"internal_error":           {slackfake.Fault{Error: "internal_error"}, bot.Unknown, 0, false},
		"service_unavailable":      {slackfake.Fault{Error: "service_unavailable"}, bot.Later, 0, false},
		"request_timeout":          {slackfake.Fault{Error: "request_timeout"}, bot.Later, 0, false},
		"team_added_to_org":        {slackfake.Fault{Error: "team_added_to_org"}, bot.Later, 0, false},
		"not_in_channel":           {slackfake.Fault{Error: "not_in_channel"}, bot.Gone, 0, false},
		"is_archived":              {slackfake.Fault{Error: "is_archived"}, bot.Gone, 0, false},
		"user_disabled":            {slackfake.Fault{Error: "user_disabled"}, bot.Gone, 0, false},
		"restricted_action_thread": {slackfake.Fault{Error: "restricted_action_thread_only_channel"}, bot.Gone, 0, false},
		"invalid_blocks":           {slackfake.Fault{Error: "invalid_blocks"}, bot.Ours, 0, false},
		"msg_too_long":             {slackfake.Fault{Error: "msg_too_long"}, bot.Ours, 0, false},
		"messages_tab_disabled":    {slackfake.Fault{Error: "messages_tab_disabled"}, bot.Ours, 0, false},
		"something new":            {slackfake.Fault{Error: "made_up_today"}, bot.Ours, 0, false},
		"missing_scope":            {slackfake.Fault{Error: "missing_scope"}, bot.Revoked, 0, false},
		"account_inactive":         {slackfake.Fault{Error: "account_inactive"}, bot.Revoked, 0, false},
		"token_revoked":            {slackfake.Fault{Error: "token_revoked"}, bot.Revoked, 0, false},
		"a reason with words":      {slackfake.Fault{Error: "secretword is wrong"}, bot.Ours, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := home(t, slackfake.Config{})
			p := brisk()
			p.call = 300 * time.Millisecond
			a, log := adapterAt(t, s, p)
			s.Person("U1")
			s.Break("chat.postMessage", c.fault)
			_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private("U1"), Text: "secretword"})
			e := sendErr(t, err)
			if e.Fate != c.fate || e.After != c.after || e.Whole {
				t.Errorf("fate %v after %v whole %v (%v)", e.Fate, e.After, e.Whole, e.Err)
			}
			if n := s.Calls("chat.postMessage"); n != 1 {
				t.Errorf("%d calls", n)
			}
			if there := len(s.Messages("U1")) == 1; there != c.there {
				t.Errorf("it is there: %v", there)
			}
			botToken, appToken := s.Tokens()
			for _, secret := range []string{"secretword", botToken, appToken, "127.0.0.1"} {
				if strings.Contains(err.Error()+log.String(), secret) {
					t.Errorf("%q stands in the error or the log: %v", secret, err)
				}
			}
		})
	}
}

func TestWhatNeverLeftIsLater(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	a.doors.learn("U1", "DU1")
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	var err error
	// Another test's server may get the port for a moment.
	eventually(t, "nobody answers: later", func() bool {
		_, err = a.Send(t.Context(), bot.Message{ID: "m", Chat: private("U1"), Text: "hello"})
		e := sendErr(t, err)
		if e.Fate != bot.Later && e.Fate != bot.Unknown {
			t.Errorf("nobody answers: fate %v (%v)", e.Fate, e.Err)
		}
		return e.Fate == bot.Later
	})
	// Opening the chat is not sending, whatever happens to it.
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	s.Person("U2")
	for _, f := range []slackfake.Fault{{DropAfter: true}, {Status: 502}, {Error: "internal_error"}, {Empty: true}} {
		s.Break("conversations.open", f)
		_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private("U2"), Text: "hello"})
		if e := sendErr(t, err); e.Fate != bot.Later {
			t.Errorf("opening with %+v: fate %v", f, e.Fate)
		}
	}
	if n := s.Calls("chat.postMessage"); n != 0 {
		t.Errorf("%d messages went out", n)
	}
}

func TestPeopleWhoCannotBeReached(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.External("U9", "T09AWAY")
	s.Person("U8").Leaves()
	s.AddChannel("C0OLD")
	s.Archive("C0OLD")
	s.AddChannel("C0OUT")
	s.Expel("C0OUT")
	for _, id := range []string{"U9", "U8", "U404", "C0OLD", "C0OUT", "C404"} {
		_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private(id), Text: "hello"})
		if e := sendErr(t, err); e.Fate != bot.Gone {
			t.Errorf("%s: fate %v (%v)", id, e.Fate, e.Err)
		}
	}
	_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private(""), Text: "hello"})
	if e := sendErr(t, err); e.Fate != bot.Ours {
		t.Errorf("no id: fate %v", e.Fate)
	}
}

func TestSeveralChatsThrottledAtOnceIsTheWholeBot(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	s.Person("U2")
	s.Person("U9")
	whole := func(id string, after int) time.Duration {
		s.Break("chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: after})
		_, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private(id), Text: "hello"})
		e := sendErr(t, err)
		if e.After != time.Duration(after)*time.Second || e.Whole != (e.WholeFor > 0) {
			t.Errorf("%s: after %v, whole %v for %v", id, e.After, e.Whole, e.WholeFor)
		}
		return e.WholeFor
	}
	if whole("U1", 3600)+whole("U1", 3600)+whole("U2", 3) > 0 {
		t.Error("one chat or two stop the whole bot")
	}
	if got := whole("U9", 30); got != 3*time.Second {
		t.Errorf("three chats at once stop it for %v, want the shortest of what they were told", got)
	}
	// Opening chats has a limit of its own, which is none of what is posted.
	for _, id := range []string{"U3", "U4", "U5"} {
		s.Person(id)
		s.Break("conversations.open", slackfake.Fault{Status: 429, RetryAfter: 30})
		_, err := a.Send(t.Context(), bot.Message{ID: id, Chat: private(id), Text: "hello"})
		if e := sendErr(t, err); e.Fate != bot.Later || e.After != 30*time.Second || e.Whole {
			t.Errorf("opening: fate %v after %v, whole %v", e.Fate, e.After, e.Whole)
		}
	}
}

// Whichever process makes the next attempt: what has arrived is told in the error.
func TestPagesArePostedOnce(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	m := bot.Message{ID: "m", Chat: private("U1"), Text: strings.Repeat("tea and cake\n", 1000), Buttons: scale(), Since: time.Now()}
	// The second page fails; the next attempt goes on there.
	s.Break("chat.postMessage", slackfake.Fault{}, slackfake.Fault{Status: 429, RetryAfter: 1})
	_, err := a.Send(t.Context(), m)
	e := sendErr(t, err)
	if e.Fate != bot.Later || e.Parts != 1 || len(s.Messages("U1")) != 1 {
		t.Fatalf("fate %v, %d pages told, %d there", e.Fate, e.Parts, len(s.Messages("U1")))
	}
	a, _ = adapterAt(t, s, brisk())
	m.Parts = e.Parts
	if _, found, err := a.Find(t.Context(), m); found || err != nil {
		t.Errorf("half a message is found: %v %v", found, err)
	}
	id, err := a.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Messages("U1")
	var words []string
	for _, page := range got {
		words = append(words, strings.Fields(page.Text)...)
	}
	if len(words) != 3000 || len(got) < 3 || len(got[len(got)-1].Buttons) != 11 {
		t.Errorf("%d words on %d pages", len(words), len(got))
	}
	m.Parts = len(got) - 1
	if at, found, err := a.Find(t.Context(), m); !found || at != id || err != nil {
		t.Errorf("found %v at %s, want %s (%v)", found, at, id, err)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, log := adapterAt(t, s, brisk())
	ada := s.Person("U1")
	m := func(id string) bot.Message {
		return bot.Message{ID: id, Chat: private("U1"), Text: "hello", Since: time.Now()}
	}
	lost := m("lost")
	s.Break("chat.postMessage", slackfake.Fault{DropAfter: true}, slackfake.Fault{DropBefore: true})
	if _, err := a.Send(t.Context(), lost); sendErr(t, err).Fate != bot.Unknown {
		t.Fatal("not unknown")
	}
	never := m("never")
	if _, err := a.Send(t.Context(), never); sendErr(t, err).Fate != bot.Unknown {
		t.Fatal("not unknown")
	}
	// A later process knows nothing of the first one's.
	a, _ = adapterAt(t, s, brisk())
	for range 150 { // more than a page
		ada.Writes("and so on")
	}
	if id, found, err := a.Find(t.Context(), lost); err != nil || !found || id != s.Messages("U1")[0].ID {
		t.Errorf("the lost one: %q %v %v", id, found, err)
	}
	if _, found, err := a.Find(t.Context(), never); err != nil || found {
		t.Errorf("the one that never came: %v %v", found, err)
	}
	// A clock that runs ahead must not make it look absent, nor one that has none.
	ahead := lost
	ahead.Since = time.Now().Add(1000 * time.Hour)
	if _, found, err := a.Find(t.Context(), ahead); err != nil || found {
		t.Errorf("beyond the first page, by a clock far ahead: %v %v", found, err)
	}
	fresh := m("fresh")
	if _, err := a.Send(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	fresh.Since = time.Now().Add(1000 * time.Hour)
	if _, found, err := a.Find(t.Context(), fresh); err != nil || !found {
		t.Errorf("on the first page, by a clock far ahead: %v %v", found, err)
	}
	fresh.Since = time.Time{}
	if _, found, err := a.Find(t.Context(), fresh); err != nil || !found {
		t.Errorf("without a time: %v %v", found, err)
	}
	// What keeps it from being looked up: when to ask again, or that there is nobody.
	for fault, want := range map[slackfake.Fault]bot.SendError{
		{Status: 502}:                 {Fate: bot.Later},
		{Status: 429, RetryAfter: 30}: {Fate: bot.Later, After: 30 * time.Second},
		{Error: "ratelimited"}:        {Fate: bot.Later},
		{Error: "invalid_cursor"}:     {Fate: bot.Later},
		{Error: "channel_not_found"}:  {Fate: bot.Later}, // the channel may be another by now
		{Error: "is_archived"}:        {Fate: bot.Gone},
		{Error: "token_revoked"}:      {Fate: bot.Revoked},
		{Empty: true}:                 {Fate: bot.Later},
		{DropBefore: true}:            {Fate: bot.Later},
		{Status: 200}:                 {Fate: bot.Later},
	} {
		s.Break("conversations.history", fault)
		_, found, err := a.Find(t.Context(), never)
		if e := sendErr(t, err); found || e.Fate != want.Fate || e.After != want.After || e.Whole {
			t.Errorf("%+v: found %v, fate %v after %v, whole %v", fault, found, e.Fate, e.After, e.Whole)
		}
	}
	s.AddChannel("C0CREW")
	crew := bot.Message{ID: "summary", Chat: private("C0CREW"), Text: "hello", Since: time.Now()}
	if _, found, err := a.Find(t.Context(), crew); found || !errors.Is(err, bot.ErrCannotFind) {
		t.Errorf("in a channel: %v %v", found, err)
	}
	if strings.Contains(log.String(), "hello") {
		t.Error("words in the log")
	}
}

func TestTooMuchToLookThrough(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{Events: []string{"user_change"}}) // nobody has to be told
	a, _ := adapterAt(t, s, brisk())
	for range findPage*findPages + 1 {
		s.Person("U1").Writes("and so on")
	}
	_, found, err := a.Find(t.Context(), bot.Message{ID: "m", Chat: private("U1"), Text: "hello", Since: time.Now().Add(-time.Minute)})
	if found || err == nil {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestCauseHidesWhatItMust(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		errors.New("Post \"https://secretword\": secretword"),
		slackapi.SlackErrorResponse{Err: "secretword!"},
		&net.OpError{Op: "dial", Err: errors.New("secretword")},
		slackapi.StatusCodeError{Code: 500, Status: "secretword"},
	} {
		if got := cause(err); got == nil || strings.Contains(got.Error(), "secretword") {
			t.Errorf("%T: %v", err, got)
		}
	}
	// Delivery tells these from faults of the message.
	for _, held := range []error{bot.ErrLate, bot.ErrHeld} {
		if e := fate(fmt.Errorf("Post: %w", held), false); !errors.Is(e.Err, held) || e.Fate != bot.Later {
			t.Errorf("%v became %v, fate %v", held, e.Err, e.Fate)
		}
	}
	for _, op := range []string{"dial", "proxyconnect"} {
		if e := fate(&net.OpError{Op: op, Err: errors.New("refused")}, false); !e.Whole || e.Fate != bot.Later {
			t.Errorf("%s: fate %v, whole %v", op, e.Fate, e.Whole)
		}
	}
	if cause(nil) != nil {
		t.Error("nothing has a cause")
	}
	if got := cause(context.DeadlineExceeded).Error(); got != "slack: no answer in time" {
		t.Error(got)
	}
}

// The answer to a first page is lost, and so is what was known of it: it is looked up
// and not posted again, and the rest follows.
func TestAPageWhoseAnswerWasLostIsNotPostedAgain(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	m := bot.Message{ID: "m", Chat: private("U1"), Text: strings.Repeat("tea and cake\n", 1000), Since: time.Now()}
	s.Break("chat.postMessage", slackfake.Fault{DropAfter: true})
	if _, err := a.Send(t.Context(), m); sendErr(t, err).Fate != bot.Unknown {
		t.Fatal("not unknown")
	}
	m.Unsure = true
	_, found, err := a.Find(t.Context(), m)
	if e := sendErr(t, err); found || e.Fate != bot.Later || e.Parts != 1 {
		t.Fatalf("found %v, fate %v, %d pages", found, e.Fate, e.Parts)
	}
	m.Parts = 1
	if _, found, err := a.Find(t.Context(), m); found || err != nil {
		t.Fatalf("the second page is found: %v %v", found, err)
	}
	if _, err := a.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, page := range s.Messages("U1") {
		words = append(words, strings.Fields(page.Text)...)
	}
	if len(words) != 3000 {
		t.Errorf("%d words, want 3000", len(words))
	}
}

// What the record says of a private channel may be old. A message is not given up for
// that, and its person not taken for gone: the channel is asked for anew.
func TestAMessageIsLookedUpWhereThePersonIsNow(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	s.Person("U1")
	m := bot.Message{ID: "m", Chat: private("U1"), Door: "D0OLD", Text: "hello", Since: time.Now(), Unsure: true}
	_, _, err := a.Find(t.Context(), m)
	if e := sendErr(t, err); e.Fate != bot.Later {
		t.Fatalf("fate %v", e.Fate)
	}
	if _, found, err := a.Find(t.Context(), m); found || err != nil {
		t.Errorf("found %v: %v", found, err)
	}
}
