using Microsoft.Extensions.Configuration.Json;

namespace MsaAspire.Gateway;

/// <summary>
/// Routes that are added while the gateway runs, for services it was not built with. <c>Gateway:RoutesFile</c> names a file with
/// <c>Routes</c> and <c>Clusters</c> in YARP's format. It may be created later, and changes take effect at once.
/// </summary>
internal static class AddedRoutes
{
    private const string Setting = "Gateway:RoutesFile";

    public static void LoadAddedRoutes(this IReverseProxyBuilder proxy, WebApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is not { Length: > 0 } file)
            return;
        // Separate from the gateway's own configuration, which the file must not be able to change.
        var source = new KeepingSource { Path = file, Optional = true, ReloadOnChange = true };
        source.ResolveFileProvider();
        proxy.LoadFromConfig(new ConfigurationBuilder().Add(source).Build());
    }

    /// <summary>An unreadable file, for example one that is being written, changes nothing.</summary>
    private sealed class KeepingSource : JsonConfigurationSource
    {
        public override IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            EnsureDefaults(builder);
            return new KeepingProvider(this);
        }
    }

    private sealed class KeepingProvider(JsonConfigurationSource source) : JsonConfigurationProvider(source)
    {
        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
            }
            catch (FormatException e)
            {
                Console.Error.WriteLine(
                    $"{Setting} '{Source.Path}' cannot be read; the current routes are kept: {e.InnerException?.Message ?? e.Message}");
            }
        }
    }
}
