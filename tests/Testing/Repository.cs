using System.Reflection;

namespace MsaAspire.Testing;

/// <summary>Where things are in this repository.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The folder of the test project that runs, which has its assembly's name.</summary>
    public static string Project { get; } = Path.Combine(Root, "tests", Assembly.GetEntryAssembly()!.GetName().Name!);

    public static string AppHost { get; } = Path.Combine(Root, "AppHost");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MsaAspire.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds MsaAspire.sln.");
    }
}
