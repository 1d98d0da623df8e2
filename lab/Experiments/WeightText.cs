namespace MsaAspire.Lab.Experiments;

internal static class WeightText
{
    public static Description Description { get; } = new()
    {
        Id = "weight",
        Title = new("What has to be built, shipped, started and kept in memory", "빌드하고 배포하고 시작하고 유지해야 하는 것"),
        Hypothesis = new(
            "A service is smaller than the whole, so that it builds, ships and starts faster and needs less memory; a monolith grows with each module. All services together weigh more than the monolith.",
            "서비스는 전체보다 작으므로 더 빨리 빌드되고 배포되고 시작되며 메모리도 덜 쓴다. 모놀리스는 모듈이 늘 때마다 커진다. 모든 서비스를 합치면 모놀리스보다 무겁다."),
        Method = new(
            "In a copy of the sources, every service, and monoliths made of the first 1 to 5 of catalog, inventory, ordering, payment and web: the time of `dotnet build --no-restore` after one line has changed, without a build server (in the first round it also builds again some of what had been built with the others); once, since they do not vary, the size of the output of `dotnet publish`; the size of the layer it adds to its base image (a compressed tar; the base is the same for all, and image registries are not needed for this); the time from the start command until /health is 200 against a running PostgreSQL and RabbitMQ, tables created before; the working set after 2 idle seconds. The modules are small: with real ones the differences grow, and the .NET runtime's share shrinks.",
            "소스 사본에서 모든 서비스와, catalog·inventory·ordering·payment·web 중 처음 1~5개로 만든 모놀리스에 대해 잰다. 한 줄을 바꾼 뒤 빌드 서버 없이 `dotnet build --no-restore`에 걸리는 시간(첫 회차에는 다른 것과 함께 빌드했던 일부를 다시 빌드하는 시간이 더해진다), (변하지 않으므로 한 번만) `dotnet publish` 결과의 크기와 기반 이미지에 더해지는 레이어의 크기(압축한 tar. 기반은 모두 같고 이미지 레지스트리는 필요 없다), 실행 중인 PostgreSQL과 RabbitMQ에 대해 시작 지시부터 /health가 200이 될 때까지의 시간(테이블은 미리 생성), 2초간 쉰 뒤의 작업 집합이다. 모듈은 작다. 실제 모듈이라면 차이가 커지고 .NET 런타임의 비중은 줄어든다."),
        Claims =
        [
            new("builds-faster", new("A change of a service is built faster than one of the monolith.", "서비스의 변경은 모놀리스의 변경보다 빨리 빌드된다."), "C. Richardson, Microservices Patterns, Manning 2018, ch. 1",
                new("Holds if in every round the slowest service builds faster than the monolith, 1.2 times or better.", "모든 회차에서 가장 느린 서비스도 모놀리스보다 1.2배 이상 빨리 빌드되면 성립한다.")),
            new("ships-less", new("Less has to be shipped for a change.", "변경할 때 배포할 양이 적다."), null,
                new("Holds if in every round the largest service is smaller than the monolith, 1.2 times or better.", "모든 회차에서 가장 큰 서비스도 모놀리스보다 1.2배 이상 작으면 성립한다.")),
            new("starts-faster", new("A service starts faster than the monolith.", "서비스는 모놀리스보다 빨리 시작한다."), "C. Richardson, Microservices Patterns, Manning 2018, ch. 1",
                new("Holds if in every round the slowest service starts faster than the monolith, 1.2 times or better.", "모든 회차에서 가장 느린 서비스도 모놀리스보다 1.2배 이상 빨리 시작하면 성립한다.")),
            new("less-memory", new("A service needs less memory than the monolith.", "서비스는 모놀리스보다 메모리를 덜 쓴다."), null,
                new("Holds if in every round the largest service needs less than the monolith, 1.2 times or better.", "모든 회차에서 가장 큰 서비스도 모놀리스보다 1.2배 이상 덜 쓰면 성립한다.")),
        ],
        Charts =
        [
            new("build", ChartKind.Bars, new("Build after a one-line change", "한 줄을 바꾼 뒤의 빌드")),
            new("publish", ChartKind.Bars, new("Size of the published output", "배포물의 크기")),
            new("start", ChartKind.Bars, new("Cold start until healthy", "정상이 될 때까지의 콜드 스타트")),
            new("memory", ChartKind.Bars, new("Memory when idle", "유휴 메모리")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["catalog"] = new("catalog", "catalog"),
            ["modules-1"] = new("1 module", "모듈 1개"),
            ["modules-2"] = new("2 modules", "모듈 2개"),
            ["modules-3"] = new("3 modules", "모듈 3개"),
            ["modules-4"] = new("4 modules", "모듈 4개"),
            ["modules-5"] = new("5 modules", "모듈 5개"),
            ["build"] = new("Build", "빌드"),
            ["publish"] = new("Published", "배포물"),
            ["layer"] = new("Layer of the image", "이미지 레이어"),
            ["start"] = new("Cold start", "콜드 스타트"),
            ["memory"] = new("Idle memory", "유휴 메모리"),
        },
    };
}
