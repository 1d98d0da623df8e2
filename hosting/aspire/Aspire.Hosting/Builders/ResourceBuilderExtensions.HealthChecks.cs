using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string HealthCheckPurpose = "an HTTP health check";

    /// <summary>Lets a health check that is registered in the AppHost's services decide whether the resource is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">Name of the registration.</param>
    /// <exception cref="DistributedApplicationException">The resource has that check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has the health check '{key}'. Remove one of the two calls.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Makes the resource healthy when a GET request to it is answered with a status.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path of the request; <c>/</c> when null.</param>
    /// <param name="statusCode">The healthy status; 200 when null.</param>
    /// <param name="endpointName">The endpoint to ask; <c>https</c> when null, else <c>http</c>.</param>
    /// <exception cref="DistributedApplicationException">The resource has no such HTTP endpoint so far.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(HttpEndpointSelector.Select(builder.Resource, endpointName, HealthCheckPurpose), path, statusCode);

    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Chooses the endpoint to ask; <c>https</c> when null, else <c>http</c>.</param>
    /// <param name="path">Path of the request; <c>/</c> when null.</param>
    /// <param name="statusCode">The healthy status; 200 when null.</param>
    /// <inheritdoc cref="WithHttpHealthCheck{T}(IResourceBuilder{T}, string?, int?, string?)"/>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointSelector is null
            ? HttpEndpointSelector.Select(builder.Resource, name: null, HealthCheckPurpose)
            : HttpEndpointSelector.RequireHttp(endpointSelector(), builder.Resource, HealthCheckPurpose);
        return builder.WithHttpHealthCheck(endpoint, path, statusCode);
    }

    private static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, EndpointReference endpoint, string? path, int? statusCode)
        where T : IResourceWithEndpoints
    {
        path ??= "/";
        var status = statusCode ?? 200;
        HttpStatusHealthCheck.Add(builder, $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{status}_check", AddressAsync, status);
        return builder;

        async ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) =>
            new(new Uri((await endpoint.GetValueAsync(cancellationToken))!), path);
    }
}
