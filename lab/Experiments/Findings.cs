using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Experiments;

/// <summary>Collects the findings of a run, from any thread.</summary>
public sealed class Findings
{
    private readonly Lock _gate = new();
    private readonly List<Measurement> _measurements = [];
    private readonly List<Timeline> _timelines = [];
    private readonly List<string> _invalid = [];

    /// <summary>Why the experiment cannot be run here; null when it can.</summary>
    public string? Skipped { get; set; }

    /// <summary>All figures so far.</summary>
    public IReadOnlyList<Measurement> Measurements => Read(_measurements);

    /// <summary>All timelines so far.</summary>
    public IReadOnlyList<Timeline> Timelines => Read(_timelines);

    /// <summary>Why the run is invalid; empty when it is valid.</summary>
    public IReadOnlyList<string> Reasons => Read(_invalid);

    /// <summary>Adds a figure.</summary>
    public void Add(Measurement measurement)
    {
        lock (_gate)
            _measurements.Add(measurement);
    }

    /// <summary>Adds a timeline.</summary>
    public void Add(Timeline timeline)
    {
        lock (_gate)
            _timelines.Add(timeline);
    }

    /// <summary>Records that the measurement itself failed, so that there can be no verdict.</summary>
    public void Invalid(string reason)
    {
        lock (_gate)
            _invalid.Add(reason);
    }

    private List<T> Read<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }
}
