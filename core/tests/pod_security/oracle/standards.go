package main

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// The newest policy version of the Kubernetes whose code this is.
var version = api.MajorMinorVersion(1, 35)

// Kubernetes' evaluator, which does not tell which checks it ran, and these checks by their identifiers.
type standards struct {
	evaluator            policy.Evaluator
	baseline, restricted map[policy.CheckID]policy.CheckPodFn
}

func newStandards() *standards {
	checks := policy.DefaultChecks()
	evaluator, err := policy.NewEvaluator(checks, nil)
	if err != nil {
		fail(err)
	}
	s := &standards{evaluator, map[policy.CheckID]policy.CheckPodFn{}, map[policy.CheckID]policy.CheckPodFn{}}
	var overridden []policy.CheckID
	for _, check := range checks {
		newest := newestOf(check)
		s.restricted[check.ID] = newest.CheckPod
		if check.Level == api.LevelBaseline {
			s.baseline[check.ID] = newest.CheckPod
		}
		overridden = append(overridden, newest.OverrideCheckIDs...)
	}
	for _, id := range overridden {
		delete(s.restricted, id)
	}
	return s
}

func newestOf(check policy.Check) policy.VersionedCheck {
	for _, versioned := range slices.Backward(check.Versions) {
		if !version.Older(versioned.MinimumVersion) {
			return versioned
		}
	}
	fail(errNoVersion(check.ID))
	return policy.VersionedCheck{}
}

type errNoVersion policy.CheckID

func (id errNoVersion) Error() string { return "no version of " + string(id) }

func (s *standards) judge(made corev1.Pod) pod {
	return pod{
		Name:       made.Name,
		Baseline:   s.violated(api.LevelBaseline, s.baseline, &made),
		Restricted: s.violated(api.LevelRestricted, s.restricted, &made),
	}
}

// The identifiers of the checks that are not passed; the evaluator must be of the same opinion.
func (s *standards) violated(level api.Level, checks map[policy.CheckID]policy.CheckPodFn, made *corev1.Pod) []string {
	ids := []string{}
	for id, check := range checks {
		if !check(&made.ObjectMeta, &made.Spec).Allowed {
			ids = append(ids, string(id))
		}
	}
	slices.Sort(ids)
	results := s.evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &made.ObjectMeta, &made.Spec)
	if allowed := policy.AggregateCheckResults(results).Allowed; allowed != (len(ids) == 0) {
		fail(errDiffers(level))
	}
	return ids
}

type errDiffers api.Level

func (level errDiffers) Error() string { return "the evaluator and its checks differ for " + string(level) }
