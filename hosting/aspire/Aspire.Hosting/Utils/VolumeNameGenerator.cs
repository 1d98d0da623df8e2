using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Utils;

/// <summary>Names volumes so that two AppHosts on a machine do not share one.</summary>
public static class VolumeNameGenerator
{
    /// <returns><c>apphost-{hash}-{resource}-{suffix}</c>, the hash being ten hex digits of the AppHost's identity.</returns>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        if (suffix.Any(c => !IsAllowed(c)))
        {
            throw new ArgumentException($"The suffix '{suffix}' may have letters, digits, '_', '.' and '-' only.", nameof(suffix));
        }

        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]?.ToLowerInvariant()[..10]
            ?? throw new InvalidOperationException("The configuration has no AppHost:Sha256.");
        return $"{Sanitize(builder.ApplicationBuilder.Environment.ApplicationName).ToLowerInvariant()}-{hash}-{builder.Resource.Name}-{suffix}";
    }

    private static string Sanitize(string name)
    {
        var sanitized = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            sanitized.Append(IsAllowed(c) ? c : '_');
        }

        return sanitized.ToString();
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
