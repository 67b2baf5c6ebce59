package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"github.com/spf13/viper"

	"github.com/prep-cli/prep/pkg/competency"
	"github.com/prep-cli/prep/pkg/practice"
	"github.com/prep-cli/prep/pkg/skill"
	"github.com/prep-cli/prep/pkg/yaml"
)

// config is where settings are looked up: v knows flags, environment, file and
// defaults in that order; file is the config file itself, for what only a file
// can hold.
type config struct {
	v    *viper.Viper
	path string // of the config file; "" where there is none
	file configFile
}

// configFile is the config file's keys.
type configFile struct {
	Stories      string              `yaml:"stories"`
	Prompts      string              `yaml:"prompts"`
	WPM          int                 `yaml:"wpm"`
	Time         duration            `yaml:"time"`
	Interviews   []interview         `yaml:"interviews"`
	Confidential []string            `yaml:"confidential"`
	Bands        bands               `yaml:"bands"`
	Rules        []string            `yaml:"rules"`
	Skills       []ownSkill          `yaml:"skills"`
	Competencies []ownCompetency     `yaml:"competencies"`
	Frameworks   map[string][]string `yaml:"frameworks"`
}

type interview struct {
	Company string      `yaml:"company,required"`
	Date    calendarDay `yaml:"date"`
	Posting string      `yaml:"posting"`
}

// day is the interview's day as practice.Day gives it; zero where it has none.
func (i interview) day() time.Time {
	day, _ := time.Parse(time.DateOnly, string(i.Date)) // it was checked when it was read
	return day
}

// calendarDay is a day as people write it: 2026-03-15.
type calendarDay string

// UnmarshalText takes a day of the calendar.
func (d *calendarDay) UnmarshalText(b []byte) error {
	if _, err := time.Parse(time.DateOnly, string(b)); err != nil {
		return fmt.Errorf("%q is no day: write it as 2026-03-15", b)
	}
	*d = calendarDay(b)
	return nil
}

// String, Set and Type make a date a flag's value.
func (d *calendarDay) String() string     { return string(*d) }
func (d *calendarDay) Set(s string) error { return d.UnmarshalText([]byte(s)) }

// Type is what the help shows for the value.
func (d *calendarDay) Type() string { return "date" }

type bands struct {
	Setup   []float64 `yaml:"setup"`
	Action  []float64 `yaml:"action"`
	Outcome []float64 `yaml:"outcome"`
}

type ownSkill struct {
	Name    string   `yaml:"name,required"`
	Aliases []string `yaml:"aliases"`
	Related []string `yaml:"related"`
	Kind    string   `yaml:"kind"`
}

type ownCompetency struct {
	ID          string   `yaml:"id,required"`
	Aliases     []string `yaml:"aliases"`
	Description string   `yaml:"description"`
}

// duration is a length of time as people write it: 90s, 2m, 1m30s.
type duration string

// UnmarshalText takes what time.ParseDuration takes.
func (d *duration) UnmarshalText(b []byte) error {
	if _, err := time.ParseDuration(string(b)); err != nil {
		return fmt.Errorf("%q is no length of time: write 90s or 2m", b)
	}
	*d = duration(b)
	return nil
}

// String, Set and Type make a duration a flag's value.
func (d *duration) String() string     { return string(*d) }
func (d *duration) Set(s string) error { return d.UnmarshalText([]byte(s)) }

// Type is what the help shows for the value.
func (d *duration) Type() string { return "duration" }

// loadConfig finds and reads the config file and sets the order of lookup.
func (e *env) loadConfig() (*config, error) {
	c := &config{v: viper.New(), path: fromHere(e.configPath())}
	c.v.SetEnvPrefix("prep")
	c.v.SetDefault("wpm", 140)
	c.v.SetDefault("time", "2m")
	for _, key := range []string{"stories", "prompts", "wpm", "time"} {
		if err := c.v.BindEnv(key); err != nil {
			return nil, err
		}
	}
	if c.path != "" {
		if err := c.read(); err != nil {
			return nil, err
		}
	}
	if e.flags.stories != "" {
		c.v.Set("stories", e.flags.stories)
	}
	if e.flags.prompts != "" {
		c.v.Set("prompts", e.flags.prompts)
	}
	return c, nil
}

// configPath is prep.yaml in the working folder or the nearest parent that has
// one, else the user's own config, else "".
func (e *env) configPath() string {
	dir, err := os.Getwd()
	for err == nil {
		if path := filepath.Join(dir, "prep.yaml"); isFile(path) {
			return path
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	if path := filepath.Join(e.configHome(), "prep", "config.yaml"); isFile(path) {
		return path
	}
	return ""
}

// fromHere is path as one would write it in the working folder, where it is
// shorter so.
func fromHere(path string) string {
	if path == "" {
		return ""
	}
	wd, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(wd, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (c *config) read() error {
	data, err := yaml.ReadFile(os.DirFS(filepath.Dir(c.path)), filepath.Base(c.path))
	if err != nil {
		return within(filepath.Dir(c.path), err)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	if err := yaml.Decode(c.path, data, &c.file); err != nil {
		return err
	}
	c.relative(&c.file.Stories)
	c.relative(&c.file.Prompts)
	for i := range c.file.Interviews {
		c.relative(&c.file.Interviews[i].Posting)
	}
	settings := map[string]any{"stories": c.file.Stories, "prompts": c.file.Prompts}
	if c.file.WPM != 0 {
		settings["wpm"] = c.file.WPM
	}
	if c.file.Time != "" {
		settings["time"] = string(c.file.Time)
	}
	return c.v.MergeConfigMap(settings)
}

// relative makes a path of the config file one of the working folder: the file
// may lie in a parent.
func (c *config) relative(path *string) {
	if *path == "" || filepath.IsAbs(*path) || isAddress(*path) {
		return
	}
	*path = fromHere(filepath.Join(filepath.Dir(c.path), *path))
}

// blame says that err comes from the config file.
func (c *config) blame(err error) error {
	var problems yaml.Problems
	if err == nil || c.path == "" || errors.As(err, &problems) {
		return err
	}
	return yaml.Problems{{File: c.path, Message: err.Error()}}
}

// nextInterview is the nearest that is not over, the first of a day; the zero one
// where none is to come.
func (e *env) nextInterview() (interview, error) {
	c, err := e.config()
	if err != nil {
		return interview{}, err
	}
	var next interview
	today := practice.Day(e.now())
	for _, i := range c.file.Interviews {
		if day := i.day(); !day.Before(today) && (next.Date == "" || day.Before(next.day())) {
			next = i
		}
	}
	return next, nil
}

// wpm is the user's words a minute.
func (c *config) wpm() (int, error) {
	n := c.v.GetInt("wpm")
	if n < 60 || n > 400 {
		return 0, fmt.Errorf("wpm is %s: words a minute lie between 60 and 400", shorten(c.v.GetString("wpm")))
	}
	return n, nil
}

// skills is the taxonomy with the user's own skills.
func (c *config) skills() (*skill.Taxonomy, error) {
	own := make([]skill.Skill, len(c.file.Skills))
	for i, s := range c.file.Skills {
		own[i] = skill.Skill{Name: s.Name, Aliases: s.Aliases, Related: s.Related, Kind: s.Kind}
	}
	taxonomy, err := skill.Default().With(own...)
	return taxonomy, c.blame(err)
}

func (f *configFile) competencies() []competency.Competency {
	out := make([]competency.Competency, len(f.Competencies))
	for i, c := range f.Competencies {
		out[i] = competency.Competency{ID: c.ID, Aliases: c.Aliases, Description: c.Description}
	}
	return out
}

func (f *configFile) frameworks() []competency.Framework {
	var out []competency.Framework
	for name, ids := range f.Frameworks {
		out = append(out, competency.NewFramework(name, ids...))
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}
