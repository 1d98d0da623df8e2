using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Statistics;

/// <summary>The result of a rule for the figures of all rounds.</summary>
/// <param name="Outcome">The conclusion.</param>
/// <param name="Effect">How much, in <paramref name="EffectUnit"/>.</param>
/// <param name="EffectUnit">As in <see cref="Verdict"/>.</param>
internal sealed record Judgement(Outcome Outcome, double? Effect, string EffectUnit)
{
    /// <summary>The verdict on a claim.</summary>
    public Verdict On(string claim, params IReadOnlyList<string> evidence) => new(claim, Outcome, Effect, EffectUnit, evidence);
}

/// <summary>The rules by which figures decide a claim. Every list holds one value for each round, in the order of rounds.</summary>
internal static class Rules
{
    /// <summary>
    /// "a is less than b by a factor of r or more." Holds if every value of a is less than every value of b and median(b) is at least
    /// r times median(a). Does not hold if there is no round in which a is less than b by that factor. Else it depends.
    /// </summary>
    /// <param name="a">What is claimed to be less.</param>
    /// <param name="b">What is claimed to be more.</param>
    /// <param name="atLeastRatio">The factor from which on an effect is relevant.</param>
    /// <param name="unit">
    /// The values' unit. The effect is median(b) / median(a) in <c>x</c>, or where median(a) is 0 the difference in this unit.
    /// </param>
    /// <exception cref="ArgumentException">The lists are empty or not equally long.</exception>
    public static Judgement Less(IReadOnlyList<double> a, IReadOnlyList<double> b, double atLeastRatio, string unit)
    {
        if (a.Count != b.Count)
            throw new ArgumentException("Both need a value for each round.", nameof(b));
        var (medianA, medianB) = (Quantiles.Median(a), Quantiles.Median(b));
        var outcome =
            a.Max() < b.Min() && IsLess(medianA, medianB) ? Outcome.Holds
            : a.Zip(b, IsLess).Any(less => less) ? Outcome.Depends
            : Outcome.DoesNotHold;
        return medianA == 0 ? new(outcome, medianB, unit) : new(outcome, medianB / medianA, "x");

        // Not by division: nothing at all is less than something by any factor.
        bool IsLess(double less, double more) => less < more && more >= atLeastRatio * less;
    }

    /// <summary>"There is none": holds if all values are 0, does not if none is. The effect is the greatest value.</summary>
    public static Judgement None(IReadOnlyList<double> values, string unit) => Each(values, value => value == 0, values.Max(), unit);

    /// <summary>"It is so much or more": holds if so in every round, does not if in none. The effect is the median.</summary>
    public static Judgement AtLeast(IReadOnlyList<double> values, double threshold, string unit) =>
        Each(values, value => value >= threshold, Quantiles.Median(values), unit);

    /// <summary>"It is so much or less": holds if so in every round, does not if in none. The effect is the median.</summary>
    public static Judgement AtMost(IReadOnlyList<double> values, double threshold, string unit) =>
        Each(values, value => value <= threshold, Quantiles.Median(values), unit);

    /// <summary>
    /// Several conclusions as one: holds if all hold, does not if all do not, is none where one is missing or all are; else it depends.
    /// </summary>
    public static Outcome All(params IReadOnlyList<Outcome> outcomes) =>
        outcomes.Count == 0 || outcomes.Contains(Outcome.NoConclusion) ? Outcome.NoConclusion
        : outcomes.Distinct().Count() == 1 ? outcomes[0]
        : Outcome.Depends;

    private static Judgement Each(IReadOnlyList<double> values, Predicate<double> supports, double effect, string unit) =>
        new(All([.. values.Select(value => supports(value) ? Outcome.Holds : Outcome.DoesNotHold)]), effect, unit);
}
