using System.CommandLine;
using MsaAspire.Aspirate.Cluster;
using MsaAspire.Aspirate.Output;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Commands;

/// <summary>The commands, named as in the known tool of this name.</summary>
internal static class AspirateCommands
{
    /// <summary>A value that begins with <c>@</c> is a value: a password may.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Root() => new(
        "From a .NET Aspire app model to Kubernetes: the manifest, the images, a kustomize tree, and the cluster.")
    {
        Command("init", "Writes how images are named and built into aspirate.json beside the AppHost.", InitAsync, [
            Arguments.ProjectPath, Arguments.Namespace, Arguments.Registry, Arguments.RepositoryPrefix,
            Arguments.ImageTag, Arguments.BaseImage, Arguments.Builder, Arguments.NonInteractive]),
        Command("generate", "Writes the kustomize tree; builds and pushes the images unless --skip-build is given.", GenerateAsync, [
            Arguments.ProjectPath, Arguments.AspireManifest, Arguments.OutputPath, Arguments.Namespace, Arguments.Registry,
            Arguments.RepositoryPrefix, Arguments.ImageTag, Arguments.BaseImage,
            Arguments.Builder, Arguments.Platforms, Arguments.BuildArguments, Arguments.PullPolicy, Arguments.SkipBuild,
            Arguments.Parameters, Arguments.SecretPassword, Arguments.StatePath, Arguments.Force, Arguments.NonInteractive]),
        Command("build", "Builds the images and pushes them.", BuildAsync, [
            Arguments.ProjectPath, Arguments.AspireManifest, Arguments.Registry, Arguments.RepositoryPrefix,
            Arguments.ImageTag, Arguments.BaseImage, Arguments.Builder, Arguments.Platforms,
            Arguments.BuildArguments, Arguments.Parameters, Arguments.SecretPassword, Arguments.StatePath, Arguments.NonInteractive]),
        Command("apply", "Sends the tree to the cluster and waits until everything runs.", ApplyAsync, [
            Arguments.ProjectPath, Arguments.OutputPath, Arguments.OverlayPath, Arguments.KubeContext, Arguments.Timeout, Arguments.NonInteractive]),
        Command("destroy", "Deletes from the cluster what apply made.", DestroyAsync, [
            Arguments.ProjectPath, Arguments.OutputPath, Arguments.OverlayPath, Arguments.KubeContext,
            Arguments.DeleteVolumes, Arguments.Timeout, Arguments.NonInteractive]),
    };

    private static Command Command(string name, string description, Func<ParseResult, Terminal, CancellationToken, Task> action, Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(async (arguments, cancellation) =>
        {
            try
            {
                await action(arguments, new(arguments.GetValue(Arguments.NonInteractive)), cancellation);
                return 0;
            }
            catch (AspirateException e)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return 1;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                Console.Error.WriteLine("error: interrupted.");
                return 130;
            }
        });
        return command;
    }

    private static Task InitAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var export = new Export(arguments, terminal);
        var current = AspirateSettings.Read(export.Folder);
        var @namespace = export.Given(Arguments.Namespace) ?? terminal.AskOptional("Namespace", current.Namespace);
        var containers = new ContainerSettings
        {
            Registry = export.Given(Arguments.Registry)
                ?? terminal.AskOptional("Container registry (empty: the local engine's images)", current.Containers.Registry),
            RepositoryPrefix = export.Given(Arguments.RepositoryPrefix)
                ?? terminal.AskOptional(
                    "What stands before each image's name (empty: nothing)",
                    current.Containers.RepositoryPrefix),
            Tag = export.Given(Arguments.ImageTag) ?? terminal.AskOptional("Tag of the images", current.Containers.Tag ?? Export.DefaultTag),
            BaseImage = export.Given(Arguments.BaseImage) ?? current.Containers.BaseImage,
            Builder = export.Given(Arguments.Builder) ?? current.Containers.Builder,
        };
        if (@namespace is not null)
            Names.Namespace(@namespace);
        ImageNames.Check(new(containers.Registry, containers.RepositoryPrefix, containers.Tag ?? Export.DefaultTag));
        AspirateSettings.Write(export.Folder, @namespace, containers);
        Terminal.Say($"Wrote {Path.Combine(export.Folder, AspirateSettings.FileName)}.");
        return Task.CompletedTask;
    }

    private static async Task GenerateAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var export = new Export(arguments, terminal);
        // An output folder that cannot be written is reported before minutes of work.
        var output = OutputFolder.Open(export.OutputPath, arguments.GetValue(Arguments.Force));
        var plan = await export.PlanAsync(onlyImages: false, cancellation);
        var tree = Tree.Of(plan);
        if (!arguments.GetValue(Arguments.SkipBuild))
            await export.BuildAsync(plan, cancellation);
        // The state first: a tree without its passwords would be worse than passwords without a tree.
        export.KeepState();
        output.Write(tree);
        Terminal.Say(
            $"Wrote {tree.Files.Count} files for {plan.Workloads.Count} resources to {export.OutputPath}. Next: kubectl kustomize "
            + $"{export.OutputPath}, or aspirate apply.");
    }

    private static async Task BuildAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var export = new Export(arguments, terminal);
        var plan = await export.PlanAsync(onlyImages: true, cancellation);
        await export.BuildAsync(plan, cancellation);
        export.KeepState();
        foreach (var workload in plan.Workloads.Where(w => w.Build is not null))
            Terminal.Say(workload.Image.ToString());
    }

    private static async Task ApplyAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var deployment = await DeploymentAsync(arguments, terminal, cancellation);
        if (!terminal.Confirm($"Apply to the namespace {deployment.Namespace} of the cluster \"{deployment.Kubectl.Context}\"?"))
            throw new AspirateException("Nothing was applied.");
        await terminal.StepAsync("objects", async _ => { await deployment.ApplyAsync(cancellation); return true; });
        await terminal.StepAsync("rollout", async progress =>
        {
            await deployment.WaitAsync(TimeSpan.FromSeconds(arguments.GetValue(Arguments.Timeout)), progress, cancellation);
            return true;
        });
        Terminal.Say($"Everything runs in the namespace {deployment.Namespace} of \"{deployment.Kubectl.Context}\".");
    }

    private static async Task DestroyAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var deployment = await DeploymentAsync(arguments, terminal, cancellation);
        var withVolumes = arguments.GetValue(Arguments.DeleteVolumes);
        if (!terminal.Confirm(
            $"Delete everything{(withVolumes ? ", the data too," : " but the data")} from the namespace {deployment.Namespace} "
            + $"of the cluster \"{deployment.Kubectl.Context}\"?"))
        {
            throw new AspirateException("Nothing was deleted.");
        }

        var left = await terminal.StepAsync(
            "deletion",
            _ => deployment.DestroyAsync(withVolumes, TimeSpan.FromSeconds(arguments.GetValue(Arguments.Timeout)), cancellation));
        Terminal.Say(left.Count == 0
            ? "Everything was deleted."
            : $"Left in the cluster: {string.Join(", ", left)}. --delete-volumes deletes these as well.");
    }

    private static async Task<Deployment> DeploymentAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        var export = new Export(arguments, terminal);
        var folder = export.Given(Arguments.OverlayPath) switch
        {
            null => export.OutputPath,
            var path when Directory.Exists(path) => path,
            var name => Path.Combine(export.OutputPath, "overlays", name),
        };
        var rendered = await Kubectl.RenderAsync(folder, cancellation);
        return Deployment.Of(await Kubectl.ConnectAsync(export.Given(Arguments.KubeContext), cancellation), rendered);
    }
}
