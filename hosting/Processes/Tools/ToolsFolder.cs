namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Where downloaded tools are: `.tools` of the repository, so that deleting the clone deletes them too.</summary>
internal static class ToolsFolder
{
    public const string Variable = "MSAASPIRE_TOOLS";

    public static string Find(string startDirectory)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        var start = new DirectoryInfo(Path.GetFullPath(startDirectory));
        var root = start;
        while (root is not null && !IsRepository(root))
        {
            root = root.Parent;
        }

        return Path.Combine((root ?? start).FullName, ".tools");
    }

    // In a worktree or a submodule .git is a file.
    private static bool IsRepository(DirectoryInfo folder) =>
        folder.Exists && (Path.Exists(Path.Combine(folder.FullName, ".git")) || folder.EnumerateFiles("*.sln").Any());
}
