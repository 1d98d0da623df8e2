using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>Finds the program of an executable resource, so that a missing one is named before DCP fails to start it.</summary>
internal static class ProgramPath
{
    public static string Find(string resourceName, ExecutableAnnotation executable)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw new DistributedApplicationException(
                $"The working directory '{executable.WorkingDirectory}' of resource '{resourceName}' does not exist. Create it or correct the path.");
        }

        var command = executable.Command;
        if (command.AsSpan().ContainsAny('/', '\\'))
        {
            var path = Path.GetFullPath(command, executable.WorkingDirectory);
            return WithExtension(path)
                ?? throw new DistributedApplicationException($"The program '{path}' of resource '{resourceName}' does not exist. Build it or correct the path.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => WithExtension(Path.Combine(folder, command))).FirstOrDefault(path => path is not null)
            ?? throw new DistributedApplicationException(
                $"The program '{command}' of resource '{resourceName}' is not on PATH. Install it, or give its full path to AddExecutable.");
    }

    private static string? WithExtension(string path)
    {
        if (File.Exists(path))
            return path;
        if (!OperatingSystem.IsWindows())
            return null;
        string[] extensions = [".exe", ".cmd", ".bat"];
        return extensions.Select(extension => path + extension).FirstOrDefault(File.Exists);
    }
}
