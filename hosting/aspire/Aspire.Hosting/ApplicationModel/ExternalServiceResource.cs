using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that runs elsewhere and is only referred to.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <exception cref="ArgumentException">The URI is not absolute, or has a path that does not end with a slash.</exception>
    public ExternalServiceResource(string name, Uri uri) : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (Violation(uri) is { } violation)
        {
            throw new ArgumentException($"The URL of external service '{name}' {violation}: {uri}", nameof(uri));
        }

        Uri = uri;
    }

    public ExternalServiceResource(string name, ParameterResource urlParameter) : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    /// <summary>Where the service is; null when a parameter says it.</summary>
    public Uri? Uri { get; }

    public ParameterResource? UrlParameter { get; }

    /// <summary>What is wrong with a service's URL; null when nothing is.</summary>
    internal static string? Violation(Uri uri) => uri switch
    {
        { IsAbsoluteUri: false } => "is not absolute",
        { AbsolutePath: not "/" } when !uri.AbsolutePath.EndsWith('/') => "must end with '/'",
        { Fragment.Length: > 0 } => "must not have a fragment",
        _ => null,
    };
}
