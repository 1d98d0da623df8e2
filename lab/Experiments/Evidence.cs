using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Experiments;

/// <summary>The figures of a valid run, as verdicts look at them.</summary>
public sealed class Evidence(IReadOnlyList<Measurement> measurements)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<Measurement> All => measurements;

    /// <summary>One metric in one case and shape, round by round.</summary>
    /// <exception cref="InvalidOperationException">It was not measured.</exception>
    public IReadOnlyList<double> Rounds(string @case, string shape, string metric)
    {
        var values = measurements.Where(m => m.Case == @case && m.Shape == shape && m.Metric == metric)
            .OrderBy(m => m.Round).Select(m => m.Value).ToList();
        return values.Count > 0
            ? values
            : throw new InvalidOperationException($"{metric} was not measured for {shape} in the case {@case}.");
    }
}
