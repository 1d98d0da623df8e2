namespace MsaAspire.Lab.Experiments;

internal static class StartStopText
{
    public static Description Description { get; } = new()
    {
        Id = "start-stop",
        Title = new("Start all, delete all", "모두 시작하고 모두 지우기"),
        Hypothesis = new(
            "Services start in parallel, so that many take less than many times as long as one; and one command can delete everything that one command started, and nothing is left.",
            "서비스들은 나란히 시작하므로 여러 개를 시작하는 데 걸리는 시간은 하나의 몇 배까지 되지 않는다. 그리고 모두 시작한 쪽은 모두 지울 수 있으며 아무것도 남지 않는다."),
        Method = new(
            "The AppHost starts the shop in each shape, and separately 1, 2, 4 and 8 services of one kind with a database each on one PostgreSQL; measured is the time until all are healthy, the time until all are deleted, and how many processes are left 15 s later at the most. Servers are native processes; their binaries are downloaded beforehand. Without the dashboard. The services share two cores, so that starting in parallel saves waiting, not work.",
            "AppHost가 두 형태의 상점을 시작하고, 따로 하나의 PostgreSQL에 각자의 데이터베이스를 가진 같은 종류의 서비스 1, 2, 4, 8개를 시작한다. 모두 정상이 될 때까지의 시간, 모두 지워질 때까지의 시간, 늦어도 15초 뒤에 남은 프로세스 수를 잰다. 서버는 네이티브 프로세스이고 실행 파일은 미리 받아 두었다. 대시보드는 끈다. 서비스들이 코어 두 개를 나눠 쓰므로 나란히 시작해도 줄어드는 것은 일이 아니라 기다림이다."),
        Claims =
        [
            new("nothing-left",
                new("Everything that one command started one command deletes, and nothing is left.", "한 명령으로 시작한 것은 한 명령으로 지워지고 아무것도 남지 않는다."),
                null,
                new("Holds if no process is left after any stop.", "모든 정지 뒤에 남은 프로세스가 없으면 성립한다.")),
            new("together",
                new("Many services start at once: eight take less than half of eight times as long as one.", "여러 서비스가 한꺼번에 시작한다. 여덟 개는 하나의 여덟 배의 절반보다 덜 걸린다."),
                null,
                new("Holds if in every round the start of eight takes at most 4 times the median of one.", "모든 회차에서 여덟 개의 시작이 하나의 중앙값의 4배 이하이면 성립한다.")),
            new("monolith-starts-faster",
                new("A monolith starts faster than all services together.", "모놀리스는 모든 서비스를 합친 것보다 빨리 시작한다."),
                null,
                new("Holds if it does in every round, and by the medians 1.2 times or better.", "모든 회차에서 더 빠르고 중앙값 기준 1.2배 이상 차이 나면 성립한다.")),
        ],
        Charts =
        [
            new("start", ChartKind.Bars, new("Time until all are healthy", "모두 정상이 될 때까지의 시간")),
            new("stop", ChartKind.Bars, new("Time until all are deleted", "모두 지워질 때까지의 시간")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["shop"] = new("The shop", "상점"),
            ["services-1"] = new("1 service", "서비스 1개"),
            ["services-2"] = new("2 services", "서비스 2개"),
            ["services-4"] = new("4 services", "서비스 4개"),
            ["services-8"] = new("8 services", "서비스 8개"),
            ["start"] = new("Start all", "모두 시작"),
            ["stop"] = new("Delete all", "모두 지우기"),
            ["left"] = new("Processes left", "남은 프로세스"),
        },
    };
}
