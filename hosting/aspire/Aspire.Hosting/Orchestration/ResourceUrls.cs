using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes the links that the dashboard shows for a resource from its endpoints, its own links and its callbacks.</summary>
internal sealed class ResourceUrls(ResourceNotificationService notifications, ResourceLoggerService loggers, DistributedApplicationExecutionContext executionContext)
{
    public async Task PublishAsync(IResource resource, CancellationToken cancellationToken)
    {
        var urls = resource is IResourceWithEndpoints owner ? EndpointUrls(owner) : [];
        var own = resource.Annotations.OfType<ResourceUrlAnnotation>().ToArray();
        urls.AddRange(own);
        try
        {
            var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = loggers.GetLogger(resource) };
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
                await callback.Callback(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            loggers.GetLogger(resource).LogError(e, "The links of resource '{Resource}' could not be completed.", resource.Name);
        }

        foreach (var url in urls)
        {
            if (url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint)
                url.Url = endpoint.Url.TrimEnd('/') + url.Url;
        }

        foreach (var url in own)
            resource.Annotations.Remove(url);
        foreach (var url in urls)
            resource.Annotations.Add(url);
        await notifications.PublishUpdateAsync(resource, s => s with { Urls = Snapshots(resource, isRunning: s.IsIn(KnownResourceStates.Running)) }).ConfigureAwait(false);
    }

    /// <summary>A link to an endpoint is active while its process runs.</summary>
    public static ImmutableArray<UrlSnapshot> Snapshots(IResource resource, bool isRunning) =>
    [
        .. resource.Annotations.OfType<ResourceUrlAnnotation>().Select(url =>
            new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                IsInactive = url.Endpoint is not null && !isRunning,
                DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
            }),
    ];

    private static List<ResourceUrlAnnotation> EndpointUrls(IResourceWithEndpoints resource)
    {
        // Endpoints that were turned into links before are not turned into more of them.
        var existing = resource.Annotations.OfType<ResourceUrlAnnotation>().Select(u => u.Endpoint?.EndpointName).ToHashSet();
        var urls = new List<ResourceUrlAnnotation>();
        foreach (var endpoint in resource.GetEndpoints().Where(e => e.IsAllocated && !existing.Contains(e.EndpointName)).ToArray())
        {
            var allocated = endpoint.EndpointAnnotation.AllocatedEndpoint!;
            urls.Add(new ResourceUrlAnnotation { Url = allocated.UriString, Endpoint = endpoint });
            if (allocated.BindingMode != EndpointBindingMode.SingleAddress)
                urls.Add(new ResourceUrlAnnotation { Url = $"{allocated.UriScheme}://{Environment.MachineName}:{allocated.Port}", Endpoint = endpoint });
        }

        return urls;
    }
}
