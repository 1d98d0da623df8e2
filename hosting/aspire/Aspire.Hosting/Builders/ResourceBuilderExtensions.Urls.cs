using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes the links that the dashboard shows, once the endpoints have addresses.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback) where T : IResource =>
        builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <inheritdoc cref="WithUrls{T}(IResourceBuilder{T}, Action{ResourceUrlsCallbackContext})"/>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback) where T : IResource =>
        builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    /// <summary>Adds a link to the dashboard. A relative one is applied to all the links that the resource has.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null) where T : IResource
    {
        if (!Uri.TryCreate(url, UriKind.Relative, out var relative))
        {
            return builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });
        }

        return builder.WithUrls(context =>
        {
            foreach (var link in context.Urls)
            {
                if (Uri.TryCreate(link.Url, UriKind.Absolute, out var address))
                {
                    link.Url = new Uri(address, relative).ToString();
                    link.DisplayText = displayText ?? link.DisplayText;
                }
            }
        });
    }

    /// <summary>Adds a link with values in it that become known at run time.</summary>
    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(ReferenceExpression.Create(url), displayText);

    /// <inheritdoc cref="WithUrl{T}(IResourceBuilder{T}, in ReferenceExpression.ExpressionInterpolatedStringHandler, string?)"/>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null) where T : IResource =>
        builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken) is { Length: > 0 } value)
            {
                var endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault();
                context.Urls.Add(new ResourceUrlAnnotation { Url = value, DisplayText = displayText, Endpoint = endpoint });
            }
        });

    /// <summary>Changes the link of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.WithUrls(context =>
        {
            if (context.Urls.Find(u => string.Equals(u.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)) is { } link)
            {
                callback(link);
            }
            else
            {
                WarnOfMissingEndpoint(context, endpointName);
            }
        });

    /// <summary>Adds a further link for an endpoint; a relative one is completed with the endpoint's address.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints => builder.WithUrls(context =>
        {
            if (context.GetEndpoint(endpointName) is not { } endpoint)
            {
                WarnOfMissingEndpoint(context, endpointName);
                return;
            }

            var link = callback(endpoint);
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Url = link.Url,
                DisplayText = link.DisplayText,
                DisplayOrder = link.DisplayOrder,
                DisplayLocation = link.DisplayLocation,
                Endpoint = endpoint,
            });
        });

    private static void WarnOfMissingEndpoint(ResourceUrlsCallbackContext context, string endpointName) => context.Logger.LogWarning(
        "Resource '{ResourceName}' has no endpoint '{EndpointName}' to make a link for. Correct the name in WithUrlForEndpoint.", context.Resource.Name, endpointName);
}
