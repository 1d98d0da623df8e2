using System.Text.Json.Serialization;

namespace MsaAspire.Lab.Results;

/// <summary>The outcome of a claim.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>The data supports it in every round.</summary>
    Holds,

    /// <summary>The data supports it in some rounds, cases or operations, not in all.</summary>
    Depends,

    /// <summary>The data contradicts it, or shows no effect of a relevant size.</summary>
    DoesNotHold,

    /// <summary>The run does not allow a conclusion.</summary>
    NoConclusion,
}

/// <summary>The verdict on one claim from a run, by the claim's stated rule.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Outcome">The conclusion.</param>
/// <param name="Effect">The effect's size, in <paramref name="EffectUnit"/>; null without a conclusion.</param>
/// <param name="EffectUnit">
/// For example <c>x</c> (a ratio of medians), <c>requests</c> (a difference of medians), <c>p</c> (a p-value).
/// </param>
/// <param name="Evidence">The figures it rests on, one line each, the same in every language.</param>
public sealed record Verdict(string Claim, Outcome Outcome, double? Effect, string EffectUnit, IReadOnlyList<string> Evidence);
