using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Images;

/// <summary>How images are built.</summary>
/// <param name="Registry">Null to leave them with the local container engine.</param>
/// <param name="BaseImage">Of .NET services; null for the SDK's choice.</param>
/// <param name="Engine"><c>docker</c> or <c>podman</c>.</param>
/// <param name="Platforms">Such as <c>linux/amd64</c>; empty for this machine's.</param>
/// <param name="Arguments"><c>NAME=value</c> for each Dockerfile.</param>
internal sealed record BuildOptions(
    Registry? Registry, string? BaseImage, string Engine, IReadOnlyList<string> Platforms, IReadOnlyList<string> Arguments);

/// <summary>Builds the images of a plan and pushes them.</summary>
internal sealed class ImageBuilder(BuildOptions options, Terminal terminal)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    /// <summary>One after the other: .NET projects share the output of the projects they reference.</summary>
    /// <exception cref="AspirateException">The registry or the engine cannot be reached, or a build fails.</exception>
    public async Task BuildAsync(Plan plan, CancellationToken cancellation)
    {
        foreach (var platform in options.Platforms)
            RuntimeOf(platform);
        if (options.Registry is { } registry)
            await registry.CheckAsync(cancellation);
        foreach (var workload in plan.Workloads.Where(w => w.Build is not null))
        {
            await terminal.StepAsync($"image {workload.Image}", async _ =>
            {
                await (workload.Build switch
                {
                    DotnetBuild build => PublishAsync(workload, build, cancellation),
                    DockerfileBuild build => DockerAsync(
                        workload, build.Spec.Context, build.Spec.Dockerfile, DockerArguments(build), cancellation, SecretVariables(build)),
                    FolderBuild build => FolderAsync(workload, build, cancellation),
                    _ => throw new InvalidOperationException(),
                });
                return true;
            });
        }
    }

    private async Task PublishAsync(Workload workload, DotnetBuild build, CancellationToken cancellation)
    {
        if (!File.Exists(build.Project))
        {
            throw new AspirateException(
                $"The project of \"{workload.Resource.Name}\", {build.Project}, does not exist. Have the AppHost write the manifest again.");
        }

        var repository = options.Registry is { } r ? workload.Image.Repository[(r.Host.Length + 1)..] : workload.Image.Repository;
        List<string> properties =
        [
            "Configuration=Release", $"ContainerRepository={repository}", $"ContainerImageTag={workload.Image.Tag}",
            $"ContainerVersion={workload.Image.Tag}", $"ContainerTitle={workload.Name}",
        ];
        if (options.Registry is { } registry)
            properties.Add($"ContainerRegistry={registry.Host}");
        if (options.BaseImage is { } image)
            properties.Add($"ContainerBaseImage={image}");
        if (options.Platforms.Count == 1)
            properties.Add($"RuntimeIdentifier={RuntimeOf(options.Platforms[0])}");
        else if (options.Platforms.Count > 1)
            // Unquoted, a semicolon would begin the next property on a command line. The container's own property for platforms
            // does not restore.
            properties.Add($"RuntimeIdentifiers=\"{string.Join(';', options.Platforms.Select(RuntimeOf))}\"");
        var environment = options.Registry is { IsLoopback: true } loopback
            ? new Dictionary<string, string> { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = loopback.Host }
            : null;
        await RunAsync(
            workload, "dotnet",
            [
                "publish", build.Project, "-t:PublishContainer", "-nologo", "-v:quiet", "-tl:off", "--self-contained", "false",
                .. properties.Select(p => $"-p:{p}"),
            ],
            cancellation, environment);
    }

    private async Task DockerAsync(
        Workload workload, string context, string dockerfile, IReadOnlyList<string> arguments, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!File.Exists(dockerfile))
        {
            throw new AspirateException(
                $"The Dockerfile of \"{workload.Resource.Name}\", {dockerfile}, does not exist. Have the AppHost write the manifest again.");
        }

        var image = workload.Image.ToString();
        string[] platform = options.Platforms.Count > 0 ? ["--platform", string.Join(',', options.Platforms)] : [];
        await RunAsync(workload, options.Engine, ["build", "--tag", image, "--file", dockerfile, .. platform, .. arguments, context], cancellation, environment);
        if (options.Registry is not null)
            await RunAsync(workload, options.Engine, ["push", image], cancellation);
    }

    private List<string> DockerArguments(DockerfileBuild build)
    {
        var arguments = new List<string>();
        foreach (var argument in build.Spec.Arguments.Select(a => $"{a.Key}={a.Value}").Concat(options.Arguments))
            arguments.AddRange(["--build-arg", argument]);
        if (build.Spec.Stage is { } stage)
            arguments.AddRange(["--target", stage]);
        foreach (var (number, (id, secret)) in build.Spec.Secrets.Index())
            arguments.AddRange(["--secret", $"id={id},{(secret.File is { } file ? $"src={file}" : $"env={SecretVariable(number)}")}"]);
        return arguments;
    }

    /// <summary>The values of build secrets: a command line can be read by every user of this machine, a process's environment only by its own.</summary>
    private static Dictionary<string, string> SecretVariables(DockerfileBuild build) => build.Spec.Secrets.Values.Index()
        .Where(s => s.Item.Value is not null).ToDictionary(s => SecretVariable(s.Index), s => s.Item.Value!);

    private static string SecretVariable(int number) => $"ASPIRATE_BUILD_SECRET_{number}";

    /// <summary>The program's folder on top of its language's image; the manifest has the command to run in it.</summary>
    private async Task FolderAsync(Workload workload, FolderBuild build, CancellationToken cancellation)
    {
        if (!Directory.Exists(build.Folder))
        {
            throw new AspirateException(
                $"The folder of \"{workload.Resource.Name}\", {build.Folder}, does not exist. Have the AppHost write the manifest again.");
        }

        var dockerfile = Path.Combine(Path.GetTempPath(), $"aspirate-{Environment.ProcessId}-{workload.Name}.Dockerfile");
        try
        {
            await File.WriteAllTextAsync(
                dockerfile,
                $"FROM {build.BaseImage}\nWORKDIR /app\nCOPY . .\nUSER {workload.User}\n",
                cancellation);
            await DockerAsync(workload, build.Folder, dockerfile, [], cancellation);
        }
        finally
        {
            File.Delete(dockerfile);
        }
    }

    private static async Task RunAsync(
        Workload workload, string program, IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await ChildProcess.RunAsync(program, arguments, s_limit, cancellation, environment: environment);
        if (result.ExitCode != 0)
        {
            throw new AspirateException(
                $"The image of \"{workload.Resource.Name}\" could not be built: `{program} {arguments[0]}` ended with exit code "
                + $"{result.ExitCode}. Its last lines:\n{result.Tail}");
        }
    }

    private static string RuntimeOf(string platform) => platform switch
    {
        "linux/amd64" => "linux-x64",
        "linux/arm64" or "linux/arm64/v8" => "linux-arm64",
        "linux/arm/v7" => "linux-arm",
        _ => throw new AspirateException($"The platform \"{platform}\" is not known. Give linux/amd64, linux/arm64 or linux/arm/v7 with --platform."),
    };
}
