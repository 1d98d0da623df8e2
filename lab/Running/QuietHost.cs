using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Lab.Running;

internal static class QuietHost
{
    /// <summary>
    /// Logs errors of the host alone. The test host would repeat each line of each resource, those of the standard error as failures, in the process
    /// that also generates the load.
    /// </summary>
    public static void KeepQuiet(this IDistributedApplicationTestingBuilder builder) => builder.Services.AddLogging(logging => logging
        .SetMinimumLevel(LogLevel.Error)
        .AddFilter($"{builder.Environment.ApplicationName}.Resources", LogLevel.None));

    /// <summary>For a host without a dashboard: Aspire has all services send their telemetry to one all the same, which costs them half of their processor time again.</summary>
    public static void SendNoTelemetry(this IDistributedApplicationTestingBuilder builder)
    {
        foreach (var resource in builder.Resources.OfType<IResourceWithEnvironment>())
            builder.CreateResourceBuilder(resource).WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }
}
