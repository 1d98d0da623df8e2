namespace MsaAspire.Lab.Experiments;

internal static class NewFeatureText
{
    public static Description Description { get; } = new()
    {
        Id = "new-feature",
        Title = new("A new feature joins", "새 기능의 합류"),
        Hypothesis = new(
            "A feature that is a service of its own joins a running shop: it has its own database, the gateway adds its route, and nothing is restarted. In a monolith the feature is a new release of everything.",
            "독립된 서비스인 기능은 실행 중인 상점에 합류한다. 자기 데이터베이스를 가져오고 게이트웨이가 그 경로를 받아들이며 아무것도 재시작되지 않는다. 모놀리스에서 새 기능은 전체의 새 릴리스이다."),
        Method = new(
            "Reviews of products (one table, two endpoints, the same module for both shapes; lab/features/Reviews) are built beforehand. As a service they start beside the others and create their database, and their route is added to the gateway's routes file. The monolith is built with one more module and replaced in place. Measured from that moment until customers can read reviews, while they browse (20/s), search (10/s) and order (10/s). Between rounds the feature is removed again. A rolling replacement of the monolith would lose nothing, as the experiment redeploy shows.",
            "상품 후기(테이블 하나, 엔드포인트 두 개, 두 형태에서 같은 모듈. lab/features/Reviews)를 미리 빌드해 둔다. 서비스로서는 다른 서비스 옆에서 시작해 데이터베이스를 만들고, 게이트웨이의 경로 파일에 경로가 추가된다. 모놀리스는 모듈 하나를 더해 빌드하고 제자리에서 교체한다. 고객이 상품 보기(초당 20회), 검색(초당 10회), 주문(초당 10회)을 하는 동안, 그때부터 후기를 읽을 수 있을 때까지를 잰다. 회차 사이에는 기능을 다시 뺀다. 롤링 방식으로 교체하면 redeploy 실험이 보여 주듯 모놀리스도 아무것도 잃지 않는다."),
        Claims =
        [
            new("nothing-restarts", new("A new feature as a new service restarts nothing.", "새 서비스로 만든 새 기능은 아무것도 재시작하지 않는다."), null,
                new("Holds if no process that ran before has ended in any round.", "어떤 회차에서도 이전에 실행되던 프로세스가 끝나지 않으면 성립한다.")),
            new("nobody-notices", new("Customers of the other features do not notice.", "다른 기능의 고객은 알아차리지 못한다."), "S. Newman, Building Microservices, 2nd ed., O'Reilly 2021, ch. 1",
                new("Holds if no request is lost in any round.", "어떤 회차에서도 유실된 요청이 없으면 성립한다.")),
            new("monolith-interrupts", new("Adding the feature to a monolith that is replaced in place interrupts all others.", "제자리에서 교체되는 모놀리스에 기능을 더하면 나머지 모두가 중단된다."), null,
                new("Holds if the services lose fewer requests than the monolith in every round, by a factor of two or more.", "모든 회차에서 서비스의 유실 요청이 모놀리스보다 두 배 이상 적으면 성립한다.")),
        ],
        Charts =
        [
            new("lost", ChartKind.Bars, new("Requests lost while the feature joins", "기능이 합류하는 동안 유실된 요청")),
            new("served", ChartKind.Bars, new("Time until customers can use it", "고객이 쓸 수 있을 때까지의 시간")),
            new("*", ChartKind.Timeline, new("Requests that succeeded, half-second by half-second", "0.5초마다 성공한 요청의 비율")),
        ],
        Names = new Dictionary<string, Words>
        {
            ["served"] = new("Time until served", "제공까지의 시간"),
            ["restarted"] = new("Processes restarted", "재시작된 프로세스"),
            ["lost"] = new("Requests lost", "유실된 요청"),
            ["unavailable-browse"] = new("Not available: browse", "이용 불가: 상품 보기"),
            ["unavailable-search"] = new("Not available: search", "이용 불가: 검색"),
            ["unavailable-order"] = new("Not available: order", "이용 불가: 주문"),
            ["joins"] = new("joins", "합류"),
        },
    };
}
