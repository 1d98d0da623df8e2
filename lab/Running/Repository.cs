using System.Reflection;

namespace MsaAspire.Lab.Running;

/// <summary>The repository that this program was built from.</summary>
internal static class Repository
{
    /// <summary>Debug or Release, as this program and all that it starts were built.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MsaAspire.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException(
            $"{AppContext.BaseDirectory} is not in a copy of the repository: there is no MsaAspire.sln above it. "
            + "Run the lab from its sources.");
    }
}
