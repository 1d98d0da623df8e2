namespace Aspire.Hosting;

internal static class ExternalServiceUrl
{
    /// <exception cref="DistributedApplicationException">The text is not the base address of a service.</exception>
    public static Uri Parse(ExternalServiceResource service, string? url)
    {
        var violation = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? ExternalServiceResource.Violation(uri) : "is not absolute";
        return violation is null
            ? uri!
            : throw new DistributedApplicationException(
                $"The URL '{url}' of external service '{service.Name}' {violation}. "
                + $"Set the parameter '{service.UrlParameter?.Name}' to a base address such as https://example.org/.");
    }
}
