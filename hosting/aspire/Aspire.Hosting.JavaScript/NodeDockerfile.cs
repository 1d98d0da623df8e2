using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>Writes the Dockerfile of a Node application: one stage installs and builds, the other runs.</summary>
internal static class NodeDockerfile
{
    private const string DefaultNodeMajor = "22";

    public static string Create(NodeAppResource app, string scriptPath)
    {
        var image = $"node:{NodeMajor(app.WorkingDirectory)}-alpine";
        string[] lines =
        [
            $"FROM {image} AS build",
            "",
            "WORKDIR /app",
            .. Install(app),
            "COPY . .",
            .. Build(app),
            "",
            $"FROM {image} AS runtime",
            "",
            "WORKDIR /app",
            "COPY --from=build /app /app",
            "",
            "ENV NODE_ENV=production",
            "",
            "USER node",
            "",
            $"ENTRYPOINT {JsonSerializer.Serialize<string[]>([app.Command, scriptPath.Replace('\\', '/')])}",
        ];
        return string.Join('\n', lines) + '\n';
    }

    private static IEnumerable<string> Install(NodeAppResource app)
    {
        if (!app.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var packageManager)
            || !app.TryGetLastAnnotation<JavaScriptInstallCommandAnnotation>(out var install))
        {
            yield break;
        }

        foreach (var files in packageManager.PackageFilesPatterns)
            yield return $"COPY {files.Source} {files.Destination}";
        var cache = packageManager.CacheMount is { } path ? $"--mount=type=cache,target={path} " : "";
        yield return $"RUN {cache}{packageManager.ExecutableName} {string.Join(' ', install.Args)}";
    }

    private static IEnumerable<string> Build(NodeAppResource app)
    {
        if (app.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var packageManager)
            && app.TryGetLastAnnotation<JavaScriptBuildScriptAnnotation>(out var build))
        {
            yield return $"RUN {string.Join(' ', [packageManager.ExecutableName, packageManager.ScriptCommand, build.ScriptName, .. build.Args])}";
        }
    }

    /// <summary>The major version that the application pins for its developers, else the one Aspire takes.</summary>
    private static string NodeMajor(string folder)
    {
        foreach (var file in (string[])[".nvmrc", ".node-version"])
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            var major = File.ReadAllText(path).Trim().TrimStart('v', 'V').Split('.', '-')[0];
            if (int.TryParse(major, out _))
                return major;
        }

        return DefaultNodeMajor;
    }
}
