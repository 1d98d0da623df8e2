using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A launch profile and its name.</summary>
internal sealed record NamedLaunchProfile(string Name, LaunchProfile Profile);

internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions s_lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>
    /// The launch profile that a project uses: the one chosen for it, else the AppHost's own if the project has one of that name, else the first
    /// that runs the project. Null when it uses none.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The chosen one does not exist, or the launch settings cannot be read.</exception>
    public static NamedLaunchProfile? GetEffectiveLaunchProfile(this ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>())
        {
            return null;
        }

        var profiles = SettingsOf(project)?.Profiles ?? [];
        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var chosen))
        {
            return profiles.TryGetValue(chosen.LaunchProfileName, out var profile)
                ? new NamedLaunchProfile(chosen.LaunchProfileName, profile)
                : throw new DistributedApplicationException(
                    $"Project '{project.Name}' has no launch profile '{chosen.LaunchProfileName}'. Its launchSettings.json has: "
                    + $"{string.Join(", ", profiles.Keys.Select(k => $"'{k}'"))}. Correct the name, or pass null to use none.");
        }

        if (project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var usual) && profiles.TryGetValue(usual.LaunchProfileName, out var same))
        {
            return new NamedLaunchProfile(usual.LaunchProfileName, same);
        }

        var first = profiles.FirstOrDefault(p => p.Value.CommandName == "Project");
        return first.Value is null ? null : new NamedLaunchProfile(first.Key, first.Value);
    }

    private static LaunchSettings? SettingsOf(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        if (metadata.LaunchSettings is { } given)
        {
            return given;
        }

        var path = Path.Combine(Path.GetDirectoryName(metadata.ProjectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<LaunchSettings>(file, s_lenient);
        }
        catch (JsonException ex)
        {
            throw new DistributedApplicationException($"The launch settings of project '{project.Name}' cannot be read: {path}, {ex.Message}", ex);
        }
    }
}
