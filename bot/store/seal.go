package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strconv"

	"onestep/bot"
)

// ErrSealed is the contract's.
var ErrSealed = bot.ErrSealed

// sealedFormat is the first byte of every sealed value: nonce, AES-256-GCM
// ciphertext and tag follow.
const sealedFormat = 1

// What a sealed value is, as part of its associated data.
const (
	stateField   = "s"
	olderField   = "t"
	journalField = "j"
	outboxField  = "o"
	secretField  = "k"
)

// dataKey is the key of one conversation. Without it nothing of that
// conversation can be read, so destroying the wrapped form erases the person.
type dataKey struct {
	conversation string
	// wrapped is how the key stands in Redis.
	wrapped []byte
	aead    cipher.AEAD
}

func (k *Keyset) newDataKey(conversation string) (*dataKey, error) {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails
	return k.wrap(conversation, raw)
}

func (k *Keyset) wrap(conversation string, raw []byte) (*dataKey, error) {
	wrapped, err := k.aead.Encrypt(raw, []byte(conversation))
	if err != nil {
		return nil, fmt.Errorf("wrap the key of %s: %w", conversation, err)
	}
	return newDataKey(conversation, raw, wrapped), nil
}

func (k *Keyset) openDataKey(conversation string, wrapped []byte) (*dataKey, error) {
	raw, err := k.aead.Decrypt(wrapped, []byte(conversation))
	if err != nil || len(raw) != 32 {
		return nil, fmt.Errorf("key of %s: %w", conversation, ErrSealed)
	}
	return newDataKey(conversation, raw, wrapped), nil
}

// current gives a data key as it should stand in Redis: wrapped anew if that was
// done by a key that the keyset has since been rotated away from.
func (k *Keyset) current(key *dataKey) (*dataKey, error) {
	if k.wrappedByPrimary(key.wrapped) {
		return key, nil
	}
	raw, err := k.aead.Decrypt(key.wrapped, []byte(key.conversation))
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", key.conversation, ErrSealed)
	}
	return k.wrap(key.conversation, raw)
}

// wrappedByPrimary: Tink writes a 1 and the number of the wrapping key first.
func (k *Keyset) wrappedByPrimary(wrapped []byte) bool {
	return len(wrapped) > 5 && wrapped[0] == 1 &&
		binary.BigEndian.Uint32(wrapped[1:5]) == k.primary
}

func newDataKey(conversation string, raw, wrapped []byte) *dataKey {
	block, err := aes.NewCipher(raw)
	must(err) // 32 bytes are a key
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	must(err)
	return &dataKey{conversation: conversation, wrapped: wrapped, aead: gcm}
}

// seal encrypts a value for one place: nothing that was sealed for another
// conversation, field or place can stand there.
func (k *dataKey) seal(field, place string, plain []byte) []byte {
	out := make([]byte, 1, 1+len(plain)+k.aead.Overhead())
	out[0] = sealedFormat
	return k.aead.Seal(out, nil, plain, k.about(field, place))
}

// open gives back what seal was given. Errors: ErrSealed.
func (k *dataKey) open(field, place string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != sealedFormat {
		return nil, fmt.Errorf("%s of %s has an unknown format: %w", field, k.conversation, ErrSealed)
	}
	plain, err := k.aead.Open(nil, nil, sealed[1:], k.about(field, place))
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", field, k.conversation, ErrSealed)
	}
	return plain, nil
}

// about is the associated data. Field is one letter and a conversation id has
// no line break, so no two places read the same.
func (k *dataKey) about(field, place string) []byte {
	return []byte(field + "\n" + k.conversation + "\n" + place)
}

// version is a version as the place of a state or journal block, so that an
// older value of the same conversation cannot be put back.
func version(v uint64) string { return strconv.FormatUint(v, 10) }
