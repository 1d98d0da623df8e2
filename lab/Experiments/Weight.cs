using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>What has to be built, shipped, started and kept in memory: each service, and monoliths of one to five modules.</summary>
public sealed class Weight : Experiment
{
    private const int IdleSeconds = 2;

    /// <summary>In the order in which the monolith gets them.</summary>
    private static readonly string[] s_modules = ["Catalog", "Inventory", "Ordering", "Payment", "Web"];

    /// <inheritdoc/>
    public override Description About => WeightText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        using var copy = WorkCopy.Create(Repository.Root);
        foreach (var number in Enumerable.Range(1, s_modules.Length - 1))
            AddSmallerMonolith(copy, number);
        IReadOnlyList<Program> programs =
        [
            .. s_modules.Select(m => new Program(m.ToLowerInvariant(), Shapes.Microservices, m)),
            new("gateway", Shapes.Microservices, "Gateway"),
            .. Enumerable.Range(1, s_modules.Length).Select(
                n => new Program($"modules-{n}", Shapes.Monolith, n == s_modules.Length ? "Monolith" : $"Monolith{n}")),
        ];
        plan.Say("building all for the first time");
        var solution = copy.Solution("weight", programs.Select(p => p.Project));
        await copy.DotNetAsync(cancellation, "build", solution, "-c", Repository.Configuration, "-v", "quiet");
        await SizesAsync(copy, solution, programs, findings, cancellation);
        foreach (var (@case, shape, project) in programs)
        {
            plan.Say($"{shape}, {@case}: building");
            await BuildAsync(copy, @case, shape, project, plan, findings, cancellation);
        }

        await StartAsync(copy, programs, plan, findings, cancellation);
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        yield return Compare("builds-faster", "build", "s");
        yield return Compare("ships-less", "publish", "MB");
        yield return Compare("starts-faster", "start", "s");
        yield return Compare("less-memory", "memory", "MB");

        // Round by round the heaviest service against the monolith.
        Verdict Compare(string claim, string metric, string unit)
        {
            var services = evidence.All.Where(m => m.Shape == Shapes.Microservices && m.Metric == metric)
                .GroupBy(m => m.Round).OrderBy(round => round.Key).Select(round => round.Max(m => m.Value)).ToList();
            var monolith = evidence.Rounds($"modules-{s_modules.Length}", Shapes.Monolith, metric);
            return Rules.Less(services, monolith, 1.2, unit).On(
                claim, $"heaviest service: {Spread.Of(services, unit)}", $"monolith: {Spread.Of(monolith, unit)}");
        }
    }

    /// <summary>A monolith with the first modules only.</summary>
    private static void AddSmallerMonolith(WorkCopy copy, int modules)
    {
        var name = $"Monolith{modules}";
        var whole = Path.GetDirectoryName(copy.Project("Monolith"))!;
        var folder = Directory.CreateDirectory(Path.Combine(copy.Root, "services", name)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "Properties"));
        File.Copy(
            Path.Combine(whole, "Properties", "launchSettings.json"), Path.Combine(folder, "Properties", "launchSettings.json"));
        var gone = s_modules[modules..];
        foreach (var file in Directory.EnumerateFiles(whole).Where(f => Path.GetExtension(f) is ".cs" or ".csproj"))
        {
            var text = File.ReadAllLines(file).Where(line => !gone.Any(m =>
                line.Contains($"/{m}.csproj", StringComparison.Ordinal) || line.Contains($"MsaAspire.{m};", StringComparison.Ordinal)
                || line.Contains($".Add{m}()", StringComparison.Ordinal) || line.Contains($".Map{m}()", StringComparison.Ordinal)));
            var target = Path.GetFileName(file).Replace("Monolith.csproj", $"{name}.csproj", StringComparison.Ordinal);
            File.WriteAllLines(Path.Combine(folder, target), text);
        }
    }

    private static async Task BuildAsync(
        WorkCopy copy, string @case, string shape, string project, Plan plan, Findings findings, CancellationToken cancellation)
    {
        // A line that every program has: of the module itself, or of the module that every monolith has.
        var program = $"services/{(shape == Shapes.Monolith ? "Catalog" : project)}/Program.cs";
        foreach (var round in Enumerable.Range(1, plan.Rounds))
        {
            void Add(string metric, string unit, double value) => findings.Add(new Measurement(@case, shape, metric, unit, round, value));
            copy.Edit(program, text => $"// {@case}, {round}\n{text}");
            Add("build", "s", (await copy.DotNetAsync(
                cancellation, "build", copy.Project(project), "-c", Repository.Configuration, "-v", "quiet", "--no-restore")).TotalSeconds);
        }
    }

    private static async Task SizesAsync(
        WorkCopy copy, string solution, IEnumerable<Program> programs, Findings findings, CancellationToken cancellation)
    {
        await copy.DotNetAsync(cancellation, "publish", solution, "-c", Repository.Configuration, "--no-build", "-v", "quiet");
        foreach (var (@case, shape, project) in programs)
        {
            // A size does not vary, so that one round is enough.
            void Add(string metric, double size) => findings.Add(new Measurement(@case, shape, metric, "MB", 1, size / 1e6));
            var folder = copy.PublishedOf(project);
            Add("publish", Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
            Add("layer", await LayerAsync(folder, cancellation));
        }
    }

    /// <summary>The size in bytes of the layer that the program adds to its base image: a compressed tar of what is published.</summary>
    private static async Task<long> LayerAsync(string folder, CancellationToken cancellation)
    {
        var file = $"{folder}.tar.gz";
        await using (var compressed = new GZipStream(File.Create(file), CompressionLevel.Optimal))
            await TarFile.CreateFromDirectoryAsync(folder, compressed, includeBaseDirectory: false, cancellation);
        var size = new FileInfo(file).Length;
        File.Delete(file);
        return size;
    }

    private static async Task StartAsync(
        WorkCopy copy, IReadOnlyList<Program> programs, Plan plan, Findings findings,
        CancellationToken cancellation)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(cancellation);
        builder.KeepQuiet();
        var postgres = builder.CreateResourceBuilder<PostgresServerResource>("postgres");
        var broker = builder.CreateResourceBuilder<RabbitMQServerResource>("broker");
        foreach (var (@case, shape, project) in programs)
        {
            var program = builder.AddProject(@case, copy.Project(project))
                .WithReference(broker).WithExplicitStart().WithHttpHealthCheck("/health");
            foreach (var module in s_modules.Select(m => $"{m.ToLowerInvariant()}db"))
            {
                // A database is created by its first user.
                var database = shape == Shapes.Monolith ? $"{@case.Replace('-', '_')}" : module;
                var connection = ReferenceExpression.Create($"{postgres.Resource.ConnectionStringExpression};Database={database}");
                program.WithEnvironment($"ConnectionStrings__{module}", connection);
            }
        }

        builder.SendNoTelemetry();
        await using var app = await builder.BuildAsync(cancellation);
        await app.StartAsync(cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("broker", cancellation);
        // The first start of each creates its tables, and does not count.
        plan.Say("all start for the first time");
        await Task.WhenAll(programs.Select(program => StartOneAsync(app, program.Case, cancellation)));
        foreach (var (round, program) in from round in Enumerable.Range(1, plan.Rounds) from program in programs select (round, program))
        {
            plan.Say($"{program.Shape}, {program.Case}: start, round {round}");
            var (seconds, memory) = await StartOneAsync(app, program.Case, cancellation);
            findings.Add(new Measurement(program.Case, program.Shape, "start", "s", round, seconds));
            findings.Add(new Measurement(program.Case, program.Shape, "memory", "MB", round, memory));
        }
    }

    private static async Task<(double Seconds, double Memory)> StartOneAsync(
        DistributedApplication app, string resource, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var clock = Stopwatch.StartNew();
        await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, limit.Token);
        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync(
            resource, WaitBehavior.WaitOnResourceUnavailable, limit.Token);
        var seconds = clock.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(IdleSeconds), limit.Token);
        var id = Convert.ToInt32(healthy.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, provider: null);
        double memory;
        using (var process = Process.GetProcessById(id))
            memory = process.WorkingSet64 / 1e6;
        await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync(
            resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit.Token);
        return (seconds, memory);
    }

    private sealed record Program(string Case, string Shape, string Project);
}
