package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/config"
)

// keeping is what export and erase work on: the same Redis, keyset and teams as
// serve, which may go on running beside them.
type keeping struct {
	bot   *bot.Bot
	store *store.Store
	log   *slog.Logger
}

// withPerson does something to one person, by the settings of serve.
func withPerson(w world, a who, do func(*keeping, bot.Holding) error) error {
	k, err := openKeeping(w)
	if err != nil {
		return err
	}
	defer k.store.Close()
	h, err := k.find(w.Context, a)
	if err != nil {
		return err
	}
	return do(k, h)
}

// openKeeping opens it by the settings of serve. The caller closes the store.
func openKeeping(w world) (*keeping, error) {
	s, err := config.Load(w.Environ)
	if err != nil {
		return nil, fmt.Errorf("cannot start, because of these settings:\n%w", err)
	}
	log := slog.New(slog.NewTextHandler(w.Err, &slog.HandlerOptions{Level: max(s.LogLevel, slog.LevelInfo)}))
	keyset, err := store.ParseKeyset(s.Keyset.Reveal())
	if err != nil {
		return nil, fmt.Errorf("ONESTEP_ENCRYPTION_KEYSET: %w", err)
	}
	redis, err := openStore(w.Context, store.Options{URL: s.RedisURL.Reveal(), Shards: s.Shards, Keyset: keyset, Log: log})
	if err != nil {
		return nil, err
	}
	b := &bot.Bot{Store: redis, Teams: teams(s.Teams), Now: time.Now, Log: log, Meter: newMetrics()}
	return &keeping{bot: b, store: redis, log: log}, nil
}

// who names the person that a command is about.
type who struct {
	Person string `arg:"" help:"Their case code, such as Wren-417, or where they write from, such as telegram:123456789 or slack:U0123456789."`
	Team   string `placeholder:"ID" help:"The team's id in onestep.yaml, where two teams have the same code."`
}

// find gives the person and who has them on a caseload. Somebody whom no worker
// has, such as a stranger who wrote, is found by where they write from alone.
func (k *keeping) find(ctx context.Context, a who) (bot.Holding, error) {
	if err := k.knows(a.Team); err != nil {
		return bot.Holding{}, err
	}
	var found []bot.Holding
	var err error
	id := ""
	if strings.Contains(a.Person, ":") {
		var place config.Address
		if place, err = config.ParsePlace(a.Person); err != nil {
			return bot.Holding{}, err
		}
		if id, err = k.store.Find(ctx, bot.Chat{Platform: place.Platform, ID: place.ID}); err == nil {
			found, err = k.bot.HeldBy(ctx, id)
		}
	} else {
		found, err = k.bot.HeldAs(ctx, strings.TrimSpace(a.Person))
	}
	if err != nil {
		return bot.Holding{}, fmt.Errorf("nothing was done, since not all could be read: %w", err)
	}
	var teams []string
	var mine []bot.Holding
	for _, h := range found {
		teams = append(teams, h.Team)
		if a.Team == "" || h.Team == a.Team {
			mine = append(mine, h)
		}
	}
	switch {
	case len(mine) == 1:
		return mine[0], nil
	case len(mine) > 1:
		return bot.Holding{}, fmt.Errorf("%s is a code in several teams (%s); say which: --team %s", a.Person, strings.Join(teams, ", "), teams[0])
	case len(found) > 0:
		return bot.Holding{}, fmt.Errorf("%s is in team %s and not in %s; nothing was done", a.Person, strings.Join(teams, ", "), a.Team)
	case id != "":
		return bot.Holding{Patient: id}, nil
	}
	return bot.Holding{}, fmt.Errorf("nobody has the code %s on their caseload. Ask their worker for the code, or name where the person writes from, such as telegram:123456789", a.Person)
}

// knows refuses a team that onestep.yaml does not have: a mistyped one would find
// nobody, or leave their team out.
func (k *keeping) knows(team string) error {
	if team == "" || slices.ContainsFunc(k.bot.Teams, func(t bot.Team) bool { return t.ID == team }) {
		return nil
	}
	var ids []string
	for _, t := range k.bot.Teams {
		ids = append(ids, t.ID)
	}
	return fmt.Errorf("there is no team %s in onestep.yaml. There are: %s", team, strings.Join(ids, ", "))
}

// errTeam is a conversation that belongs to a team and not to a person.
var errTeam = errors.New("that is a team's channel and no person")
