using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>A new feature, reviews of products, joins the shop while customers are served.</summary>
public sealed class NewFeature : Experiment
{
    private const string Service = "reviews", Address = "/api/products/1/reviews";
    private static readonly Rates s_rates = new(Browse: 20, Search: 10, Order: 10);
    private static readonly TimeSpan s_routeLimit = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override Description About => NewFeatureText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        using var copy = WorkCopy.Create(Repository.Root);
        plan.Say("building the new service, and the monolith with the new module");
        var reviews = Path.Combine(copy.Root, "lab", "features", "Reviews", "Reviews.csproj");
        const string LastModule = """<ProjectReference Include="../Web/Web.csproj" />""";
        copy.Edit("services/Monolith/Monolith.csproj", text => text.Replace(
            LastModule,
            $"""{LastModule}<ProjectReference Include="../../lab/features/Reviews/Reviews.csproj" />""", StringComparison.Ordinal));
        copy.Edit("services/Monolith/Program.cs", text => text
            .Replace(
                "builder.AddWeb();", "builder.AddWeb();\nMsaAspire.Reviews.ReviewsModule.AddReviews(builder);", StringComparison.Ordinal)
            .Replace("app.MapWeb();", "app.MapWeb();\nMsaAspire.Reviews.ReviewsModule.MapReviews(app);", StringComparison.Ordinal));
        // Builds the service as well, which the monolith refers to.
        await copy.DotNetAsync(cancellation, "build", copy.Project("Monolith"), "-c", Repository.Configuration, "-v", "quiet");
        await MeasureAsync(Shapes.Microservices, reviews, plan, findings, cancellation);
        await MeasureAsync(Shapes.Monolith, copy.Project("Monolith"), plan, findings, cancellation);
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        IReadOnlyList<double> Of(string shape, string metric) => evidence.Rounds("all", shape, metric);
        string Line(string shape, string metric, string unit) => $"{shape}: {Spread.Of(Of(shape, metric), unit)}";
        yield return Rules.None(Of(Shapes.Microservices, "restarted"), "processes").On(
            "nothing-restarts", Line(Shapes.Microservices, "restarted", "processes restarted"));
        yield return Rules.None(Of(Shapes.Microservices, "lost"), "requests").On(
            "nobody-notices", Line(Shapes.Microservices, "lost", "requests lost"));
        yield return Rules.Less(Of(Shapes.Microservices, "lost"), Of(Shapes.Monolith, "lost"), 2, "requests").On(
            "monolith-interrupts", [.. Shapes.Both.Select(shape => Line(shape, "lost", "requests lost"))]);
    }

    private static async Task MeasureAsync(string shape, string project, Plan plan, Findings findings, CancellationToken cancellation)
    {
        plan.Say($"{shape}: starting");
        using var routes = new RoutesFile();
        await using var system = await ShopSystem.StartAsync(
            new(shape) { Change = builder => Add(builder, shape, project, routes) }, cancellation);
        await using var load = await ShopLoad.ConnectAsync(system.Gateway, await system.BrokerAsync(cancellation), plan.Seed, cancellation);
        await Trial.WarmUpAsync(load, s_rates, cancellation);
        foreach (var round in Enumerable.Range(1, plan.Rounds))
        {
            plan.Say($"{shape}: round {round}");
            var before = system.AllProcessIds().Where(IsAlive).ToList();
            var trial = await Trial.RunAsync(load, s_rates, new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)), async () =>
            {
                await JoinAsync(system, routes, cancellation);
                await ServedAsync(system.Gateway, cancellation);
            }, cancellation);
            trial.Check(findings, $"{shape}, round {round}");
            void Add(string metric, string unit, double value) => findings.Add(new Measurement("all", shape, metric, unit, round, value));
            Add("served", "s", trial.To - trial.From);
            Add("restarted", "processes", before.Count(process => !IsAlive(process)));
            Add("lost", "requests", Trial.Requests.Sum(trial.Lost));
            foreach (var operation in Trial.Requests)
                Add($"unavailable-{operation}", "s", trial.Load.UnavailableSeconds(operation, trial.From));
            trial.AddTimelines(findings, "all", shape, round, new Mark(trial.From, "joins"), new Mark(trial.To, "served"));
            await LeaveAsync(system, routes, cancellation);
            await Trial.SettleAsync(load, s_rates, cancellation);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Add(IDistributedApplicationTestingBuilder builder, string shape, string project, RoutesFile routes)
    {
        if (shape == Shapes.Monolith)
        {
            builder.AddMonolith(project);
            builder.Resource<ProjectResource>(NewVersions.Next(Shapes.Monolith))
                .WithReference(builder.Resource<PostgresDatabaseResource>("shopdb"), "reviewsdb");
            return;
        }

        // Its database is created at its first start.
        var postgres = builder.Resource<PostgresServerResource>("postgres");
        var connection = ReferenceExpression.Create($"{postgres.Resource.ConnectionStringExpression};Database=reviewsdb");
        builder.AddProject(Service, project).WithExplicitStart().WithHttpHealthCheck("/health")
            .WithEnvironment("ConnectionStrings__reviewsdb", connection);
        builder.Resource<ProjectResource>("gateway").WithEnvironment("Gateway__RoutesFile", routes.Path);
    }

    private static async Task JoinAsync(ShopSystem system, RoutesFile routes, CancellationToken cancellation)
    {
        if (system.Plan.Shape == Shapes.Monolith)
        {
            await system.StopServiceAsync(Shapes.Monolith, cancellation);
            await system.StartServiceAsync(NewVersions.Next(Shapes.Monolith), cancellation);
            return;
        }

        await system.StartServiceAsync(Service, cancellation);
        routes.Add("/api/products/{id}/reviews", system.App.GetEndpoint(Service, "http"));
    }

    private static async Task LeaveAsync(ShopSystem system, RoutesFile routes, CancellationToken cancellation)
    {
        if (system.Plan.Shape == Shapes.Monolith)
        {
            await system.StopServiceAsync(NewVersions.Next(Shapes.Monolith), cancellation);
            await system.StartServiceAsync(Shapes.Monolith, cancellation);
            return;
        }

        routes.Clear();
        await system.StopServiceAsync(Service, cancellation);
    }

    /// <summary>Waits until customers can use it.</summary>
    private static async Task ServedAsync(Uri gateway, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_routeLimit);
        var last = HttpStatusCode.NotFound;
        try
        {
            do
            {
                using var answer = await client.GetAsync(Address, limit.Token);
                last = answer.StatusCode;
                if (last != HttpStatusCode.OK)
                    await Task.Delay(50, limit.Token);
            }
            while (last != HttpStatusCode.OK);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{Address} was not served within {s_routeLimit.TotalSeconds:0} s; the last answer was {(int)last}.", e);
        }
    }
}
