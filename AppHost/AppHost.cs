var builder = DistributedApplication.CreateBuilder(args);

// Starts the built programs directly: a `dotnet run` for each service would cost seconds and memory, seven times.
builder.RunBuiltProjects();

// The servers run as native processes where their binaries are available, otherwise as containers (configuration key Backing); published,
// they are containers. Their data outlives a run unless KeepData=false. Either both keep it or neither does: otherwise a message could be lost.
var keepData = builder.Configuration["KeepData"] is not "false";

// The images are of the major versions that run natively (hosting/Processes/tools.lock.json), by the newest minor version there is of each.
var postgres = builder.AddPostgres("postgres").WithImageTag("18.4").RunAsProcess();
var broker = builder.AddRabbitMQ("broker").WithManagementPlugin().WithImageTag("4.3-management").RunAsProcess();
if (keepData)
{
    postgres.WithDataVolume();
    broker.WithDataVolume();
}

switch (builder.Configuration["topology"] ?? "microservices")
{
    case "microservices":
        break;
    case "monolith":
        builder.AddMonolith(postgres, broker);
        builder.Build().Run();
        return;
    case var other:
        throw new DistributedApplicationException($"The topology '{other}' is unknown. Use --topology microservices, which is the default, or --topology monolith.");
}

// No table is shared: each service owns a database.
var catalogDb = postgres.AddDatabase("catalogdb");
var inventoryDb = postgres.AddDatabase("inventorydb");
var orderingDb = postgres.AddDatabase("orderingdb");
var paymentDb = postgres.AddDatabase("paymentdb");

// Stands for a payment company: outside the shop, with books of its own.
var paymentProvider = builder.AddPaymentProvider(postgres);

var catalog = builder.AddProject<Projects.Catalog>("catalog")
    .WithReference(catalogDb).WaitFor(catalogDb)
    .WithHttpHealthCheck("/health")
    .WithReplicas(2);

var inventory = builder.AddProject<Projects.Inventory>("inventory")
    .WithReference(inventoryDb).WaitFor(inventoryDb)
    .WithReference(broker).WaitFor(broker)
    .WithHttpHealthCheck("/health")
    .WithReplayCommand();

builder.AddProject<Projects.Payment>("payment")
    .WithReference(paymentDb).WaitFor(paymentDb)
    .WithReference(broker).WaitFor(broker)
    .WithReference(paymentProvider)
    .WithHttpHealthCheck("/health")
    .WithReplayCommand();

var ordering = builder.AddProject<Projects.Ordering>("ordering")
    .WithReference(orderingDb).WaitFor(orderingDb)
    .WithReference(broker).WaitFor(broker)
    .WithReference(catalog)
    .WithEnvironment("Ordering__Deadline", builder.Configuration["Ordering:Deadline"] ?? "00:05:00")
    .WithHttpHealthCheck("/health")
    .WithReplayCommand();

var web = builder.AddProject<Projects.Web>("web")
    .WithReference(catalog)
    .WithReference(inventory)
    .WithReference(ordering)
    .WithHttpHealthCheck("/health");

var notifications = builder.AddNotifications(broker)
    .WithReference(ordering);

// Waits for what the first page needs. The rest may start later, as it may fail later: customers can look around meanwhile.
builder.AddProject<Projects.Gateway>("gateway")
    .WithReference(catalog).WaitFor(catalog)
    .WithReference(inventory)
    .WithReference(ordering)
    .WithReference(notifications.GetEndpoint("http"))
    .WithReference(web).WaitFor(web)
    .WithExternalHttpEndpoints()
    .WithoutRateLimitForThisMachine()
    .WithHttpHealthCheck("/health");

builder.Build().Run();
