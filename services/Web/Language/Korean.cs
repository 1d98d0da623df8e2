using System.Globalization;

namespace MsaAspire.Web.Language;

internal static class Korean
{
    public static Texts Texts { get; } = new()
    {
        Tag = "ko",
        ShopName = "달항아리",
        Tagline = "커피와 차, 그리고 부엌",
        SkipToContent = "본문으로 건너뛰기",
        MainMenu = "주 메뉴",
        Shelves = "진열대",
        YourOrders = "주문 내역",
        Cart = "장바구니",
        CartCount = "개가 장바구니에 있음",
        SearchLabel = "상품 검색",
        Search = "검색",
        Footer = "달항아리는 체험용 상점입니다. 결제도 배송도 실제로 이루어지지 않습니다.",
        NeedsScript = "장바구니는 브라우저에 보관되므로 JavaScript가 필요합니다. 주문하려면 JavaScript를 켜 주세요. 진열대와 검색은 그대로 쓸 수 있습니다.",

        WelcomeTitle = "느긋한 아침, 잘 드는 칼, 좋은 차.",
        WelcomeText = "우리가 직접 쓰고, 다시 살 만한 부엌살림만 들여놓았습니다. 원두는 화요일마다 볶고, 맨 위 선반의 달항아리는 다섯 점뿐입니다.",
        WelcomeLink = "달항아리 보기",
        AllProducts = "진열대",
        Count = n => $"상품 {n}개",
        ResultsFor = search => $"‘{search}’",
        NothingFor = search => $"‘{search}’에 맞는 상품이 없습니다.",
        NothingFoundAdvice = "상품 이름은 영어로 되어 있습니다. ‘tea’나 ‘steel’처럼 짧은 낱말로 찾아보세요.",
        ShowEverything = "모두 보기",
        Pages = "페이지",
        PageNumber = n => $"페이지 {n}",
        PreviousPage = "이전",
        NextPage = "다음",

        AddToCart = "장바구니에 담기",
        AddNamedToCart = name => $"{name} 장바구니에 담기",
        Quantity = "수량",
        Price = "가격",
        InStock = "재고 있음",
        OnlySoManyLeft = n => $"{n}개 남음",
        SoldOut = "품절",
        SoldOutAdvice = "그래도 주문해 볼 수 있습니다. 주문은 거절되고 결제되지 않습니다.",
        StockUnknown = "지금은 재고를 확인할 수 없습니다. 주문하셔도 됩니다. 재고가 없으면 바로 알려 드리고 결제하지 않습니다.",
        Shipping = "세금 포함 가격이며 배송비는 없습니다.",

        CartEmpty = "장바구니가 비어 있습니다.",
        GoShopping = "진열대로 가기",
        Total = "합계",
        Product = "상품",
        ToCheckout = "주문하러 가기",
        KeepShopping = "계속 둘러보기",
        Remove = "빼기",

        Checkout = "주문하기",
        YourName = "이름",
        NameHint = "받는 분 이름으로 적습니다. 200자까지 쓸 수 있습니다.",
        Payment = "결제",
        PaymentHint = "시험용 카드입니다. 카드마다 다르게 움직이므로 상점이 어떻게 대응하는지 볼 수 있습니다.",
        Cards =
        [
            new("tok_ok", "잘 되는 카드", "바로 결제됩니다."),
            new("tok_declined", "거절되는 카드", "은행이 거절합니다. 주문은 취소되고 상품은 진열대로 돌아갑니다."),
            new("tok_slow", "느린 카드", "5초 뒤에 결제됩니다."),
            new("tok_flaky", "불안정한 카드", "두 번 실패한 뒤 결제됩니다. 상점이 알아서 다시 시도합니다."),
        ],
        PlaceOrder = "주문 넣기",
        Summary = "주문할 상품",

        Order = "주문",
        OrderNumber = number => $"주문 {number}",
        ThankYou = name => $"{name} 님, 고맙습니다.",
        Progress = "진행 상황",
        Receipt = "영수증",
        Live = "이 화면은 주문 상태를 스스로 따라갑니다.",
        ReloadToSee = "이 화면을 새로 고치면 최신 상태를 볼 수 있습니다.",
        Statuses = new Dictionary<string, StatusText>(StringComparer.Ordinal)
        {
            ["Submitted"] = new("접수", "주문을 받았습니다. 진열대에서 상품을 찾고 있습니다."),
            ["Reserved"] = new("상품 확보", "상품을 모두 따로 챙겨 두었습니다. 결제를 진행하고 있습니다."),
            ["Confirmed"] = new("주문 확정", "결제가 끝났습니다. 더 하실 일은 없습니다."),
            ["Rejected"] = new("주문 거절", "상품을 모두 챙기지 못했습니다. 결제되지 않았습니다."),
            ["Cancelled"] = new("주문 취소", "주문이 이루어지지 않았습니다. 내실 금액은 없으며 상품은 진열대로 돌아갔습니다."),
        },
        Reasons = new()
        {
            OutOfStock = products => products is [var only]
                ? $"남은 수량이 부족한 상품: {only}. 수량을 줄여 다시 주문해 주세요."
                : "남은 수량이 부족한 상품이 하나 이상 있습니다. 상품 페이지에서 재고를 확인하고 수량을 줄여 다시 주문해 주세요.",
            UnknownProduct = "더는 팔지 않는 상품이 있습니다. 그 상품을 빼고 다시 주문해 주세요.",
            CardDeclined = "카드가 거절되었습니다. 다른 카드로 다시 주문해 주세요.",
            CardUnknown = "은행이 모르는 카드입니다. 다른 카드로 다시 주문해 주세요.",
            PaymentUnavailable = "은행과 연락이 닿지 않았습니다. 카드에 청구된 금액이 있다면 돌려드립니다. 잠시 뒤 다시 주문해 주세요.",
            TimedOut = "기다릴 수 있는 시간을 넘겼습니다. 카드에 청구된 금액이 있다면 돌려드립니다. 다시 주문하실 수 있습니다.",
            Other = "자세한 사유는 알려 드릴 수 없습니다. 다시 주문하실 수 있습니다.",
        },

        NoOrders = "이 브라우저에서 넣은 주문이 아직 없습니다.",
        OrdersOfThisBrowser = "이 목록은 이 브라우저에만 있습니다. 사이트 데이터를 지우면 목록은 사라지지만 주문은 그대로입니다.",

        UnknownPage = new("없는 페이지입니다.", "주소가 잘못되었거나 페이지가 옮겨졌습니다. 진열대는 그대로 있습니다."),
        UnknownProduct = new("팔지 않는 상품입니다.", "없는 상품이거나 더는 팔지 않습니다. 진열대에서 비슷한 상품을 찾아보세요."),
        UnknownOrder = new("그런 주문이 없습니다.", "주소를 확인해 주세요. 주소 끝이 주문 번호입니다. 이 브라우저의 주문은 ‘주문 내역’에 있습니다."),
        Unreachable = new("창고와 연락이 닿지 않습니다.", "상점의 일부가 지금 응답하지 않습니다. 장바구니와 주문은 안전합니다. 잠시 뒤 다시 시도해 주세요."),
        Failed = new("상점에 문제가 생겼습니다.", "저희 쪽 문제이며 기록해 두었습니다. 장바구니와 주문은 안전합니다. 다시 시도하거나 잠시 뒤에 와 주세요."),
        TryAgain = "다시 시도",

        Script = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["added"] = "장바구니에 담았습니다: {name}",
            ["removed"] = "장바구니에서 뺐습니다: {name}",
            ["gone"] = "더는 팔지 않아 장바구니에서 뺐습니다: {name}",
            ["each"] = "개당 {price}",
            ["remove-named"] = "{name} 빼기",
            ["quantity-of"] = "{name} 수량",
            ["name-missing"] = "이름을 적어 주세요.",
            ["placing"] = "주문을 넣고 있습니다…",
            ["failed-offline"] = "상점이 응답하지 않습니다. 장바구니는 그대로입니다. 연결을 확인하고 버튼을 다시 눌러 주세요. 두 번 결제되지 않습니다.",
            ["failed-busy"] = "지금 주문이 몰리고 있습니다. {seconds}초 뒤에 버튼을 다시 눌러 주세요. 두 번 결제되지 않습니다.",
            ["failed-catalog-unavailable"] = "지금은 가격을 확인할 수 없어 주문이 들어가지 않았습니다. 몇 초 뒤에 버튼을 다시 눌러 주세요.",
            ["failed-unknown-product"] = "더는 팔지 않는 상품이 있어 주문이 들어가지 않았습니다. 장바구니에서 그 상품을 빼고 다시 시도해 주세요.",
            ["failed-total-too-large"] = "주문 총액이 너무 커서 주문이 들어가지 않았습니다. 장바구니에서 수량을 줄이고 다시 시도해 주세요.",
            ["failed-price-changed"] = "가격이 바뀌어 주문이 들어가지 않았습니다. 이전 합계는 {before}, 지금 합계는 {total}입니다. 새 가격으로 주문하려면 버튼을 다시 눌러 주세요.",
            ["failed-invalid-request"] = "주문 내용을 읽을 수 없어 주문이 들어가지 않았습니다. 이름과 수량(1~1000개)을 확인해 주세요.",
            ["failed-other"] = "주문이 들어가지 않았습니다. 장바구니는 그대로입니다. 버튼을 다시 눌러 주세요. 두 번 결제되지 않습니다. ({detail})",
            ["lost"] = "실시간 연결이 끊겼습니다. 다시 연결하고 있으며, 새로 고치면 최신 상태가 보입니다.",
            ["status-unknown"] = "찾을 수 없음",
        },
        Moment = at =>
        {
            var utc = at.UtcDateTime;
            return string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy}년 {utc.Month}월 {utc.Day}일 {(utc.Hour < 12 ? "오전" : "오후")} {utc:h:mm} UTC");
        },
    };
}
