namespace Aspire.Hosting;

internal static class AppHostPath
{
    /// <summary>Full path of what is given absolute or relative to the AppHost's folder; both kinds of slashes are understood everywhere.</summary>
    public static string Resolve(IDistributedApplicationBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), builder.AppHostDirectory);
    }
}
