using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string ProbePurpose = "an HTTP probe";

    /// <summary>Says how the deployed resource is probed: by a GET request. Replaces an earlier probe of the same type.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="type">Startup, readiness or liveness.</param>
    /// <param name="path">Path of the request; <c>/</c> when null.</param>
    /// <param name="initialDelaySeconds">Seconds before the first probe; 5 when null.</param>
    /// <param name="periodSeconds">Seconds between probes; 5 when null.</param>
    /// <param name="timeoutSeconds">Seconds that an answer may take; 1 when null.</param>
    /// <param name="failureThreshold">Failures in a row that count; 3 when null.</param>
    /// <param name="successThreshold">Successes in a row that count; 1 when null.</param>
    /// <param name="endpointName">The endpoint to ask; <c>https</c> when null, else <c>http</c>.</param>
    /// <exception cref="DistributedApplicationException">The resource has no such HTTP endpoint so far.</exception>
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder, ProbeType type, string? path = null, int? initialDelaySeconds = null, int? periodSeconds = null,
        int? timeoutSeconds = null, int? failureThreshold = null, int? successThreshold = null, string? endpointName = null)
        where T : IResourceWithEndpoints, IResourceWithProbes => builder.WithHttpProbe(
            type, () => HttpEndpointSelector.Select(builder.Resource, endpointName, ProbePurpose), path,
            initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold);

    /// <inheritdoc cref="WithHttpProbe{T}(IResourceBuilder{T}, ProbeType, string?, int?, int?, int?, int?, int?, string?)"/>
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder, ProbeType type, Func<EndpointReference>? endpointSelector, string? path = null, int? initialDelaySeconds = null,
        int? periodSeconds = null, int? timeoutSeconds = null, int? failureThreshold = null, int? successThreshold = null)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        foreach (var old in builder.Resource.Annotations.OfType<ProbeAnnotation>().Where(p => p.Type == type).ToList())
        {
            builder.Resource.Annotations.Remove(old);
        }

        var endpoint = endpointSelector is null
            ? HttpEndpointSelector.Select(builder.Resource, name: null, ProbePurpose)
            : HttpEndpointSelector.RequireHttp(endpointSelector(), builder.Resource, ProbePurpose);
        return builder.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = endpoint,
            Path = path ?? "/",
            InitialDelaySeconds = initialDelaySeconds ?? 5,
            PeriodSeconds = periodSeconds ?? 5,
            TimeoutSeconds = timeoutSeconds ?? 1,
            FailureThreshold = failureThreshold ?? 3,
            SuccessThreshold = successThreshold ?? 1,
        });
    }
}
