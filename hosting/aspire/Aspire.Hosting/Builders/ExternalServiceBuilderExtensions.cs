using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds services that run elsewhere.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service that runs elsewhere, so that others can refer to it. It is not deployed.</summary>
    /// <exception cref="ArgumentException">The URL is not absolute, or its path does not end with a slash.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? builder.AddExternalService(name, uri)
            : throw new ArgumentException(
                $"The URL of external service '{name}' is not absolute: '{url}'. Give a base address such as https://example.org/.", nameof(url));

    /// <inheritdoc cref="AddExternalService(IDistributedApplicationBuilder, string, string)"/>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri) =>
        Add(builder, new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());

    /// <summary>Adds a service that runs elsewhere, whose URL a parameter gives.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter) =>
        Add(builder, new ExternalServiceResource(name, urlParameter.Resource)).WithUrl(ReferenceExpression.Create($"{urlParameter.Resource}"));

    /// <summary>Makes the service healthy when a GET request to it is answered with a status.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="path">Path of the request, relative to the service's URL; that URL itself when null.</param>
    /// <param name="statusCode">The healthy status; 200 when null.</param>
    /// <exception cref="ArgumentException">The path is not relative, or the service's URL is no HTTP one.</exception>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(
        this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null)
    {
        var service = builder.Resource;
        if (path is not null && !Uri.IsWellFormedUriString(path, UriKind.Relative))
        {
            throw new ArgumentException($"The path '{path}' of the health check of external service '{service.Name}' is not a relative URL.", nameof(path));
        }

        if (service.Uri is { Scheme: not ("http" or "https") })
        {
            throw new ArgumentException(
                $"External service '{service.Name}' cannot have an HTTP health check: its URL {service.Uri} is no HTTP one. "
                + "Use WithHealthCheck with a check of your own.", nameof(builder));
        }

        var status = statusCode ?? 200;
        HttpStatusHealthCheck.Add(builder, $"{service.Name}_external{(path is null ? "" : "_" + path)}_{status}_check", AddressAsync, status);
        return builder;

        async ValueTask<Uri> AddressAsync(CancellationToken cancellationToken) => new(await UriOfAsync(service, cancellationToken), path ?? "");
    }

    private static IResourceBuilder<ExternalServiceResource> Add(IDistributedApplicationBuilder builder, ExternalServiceResource service) => builder
        .AddResource(service)
        .WithInitialState(new CustomResourceSnapshot { ResourceType = "ExternalService", State = KnownResourceStates.Waiting, Properties = [] })
        .ExcludeFromManifest();

    private static async ValueTask<Uri> UriOfAsync(ExternalServiceResource service, CancellationToken cancellationToken) =>
        service.Uri ?? ExternalServiceUrl.Parse(service, await service.UrlParameter!.GetValueAsync(cancellationToken));
}
