using Microsoft.Extensions.Configuration.Json;

namespace MsaAspire.Gateway;

/// <summary>
/// Routes that are added while the gateway runs, for services it was not built with. <c>Gateway:RoutesFile</c> names a file with
/// <c>Routes</c> and <c>Clusters</c> as YARP reads them; it may come later, and a change of it counts at once.
/// </summary>
internal static class AddedRoutes
{
    private const string Setting = "Gateway:RoutesFile";

    public static void LoadAddedRoutes(this IReverseProxyBuilder proxy, WebApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is not { Length: > 0 } file)
            return;
        // Apart from the configuration of the gateway itself, which the file must not be able to change.
        var source = new JsonConfigurationSource { Path = file, Optional = true, ReloadOnChange = true };
        source.OnLoadException = failure =>
        {
            failure.Ignore = true;
            Console.Error.WriteLine($"{Setting} '{file}' cannot be read, and its routes stay as they were: {failure.Exception.Message}");
        };
        source.ResolveFileProvider();
        proxy.LoadFromConfig(new ConfigurationBuilder().Add(source).Build());
    }
}
