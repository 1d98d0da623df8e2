namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL on the host, rewritten to the host's name when a container asks for it.</summary>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => new(
        context.EffectiveNetwork == KnownNetworkIdentifiers.LocalhostNetwork || !Uri.TryCreate(Url, UriKind.Absolute, out var uri) || !uri.IsLoopback
            ? Url
            : new UriBuilder(uri) { Host = KnownHostNames.DockerDesktopHostBridge }.ToString().TrimEnd('/'));
}
