using Aspire.Hosting.Testing;

namespace MsaAspire.Lab.Running;

/// <summary>How a shop is started for an experiment; everything else is as in the AppHost.</summary>
/// <param name="Shape">Of <see cref="Shapes"/>.</param>
internal sealed record SystemPlan(string Shape)
{
    /// <summary>With the dashboard, and so with telemetry.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Whether faults can be injected into services.</summary>
    public bool Faults { get; init; }

    /// <summary>Changes the app model before it is built.</summary>
    public Action<IDistributedApplicationTestingBuilder>? Change { get; init; }

    /// <summary>Further arguments of the AppHost.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
