"""The Korean reviews of the script.

Those with a row are unchanged reviews of the test split (CC0, see sentiment_core/text/korean/README.md), which the
published runs were not trained on. The others were written for this program.
"""

from __future__ import annotations

from sentiment_core.classroom.script.review import ScriptReview

KOREAN = (
    ScriptReview(
        "plain-praise",
        "정말 최고의 명작이다. 각 인물들의 마음을 이해하면서 보면 눈물이 날 것이다. 마지막에 정말 슬프다.",
        truth=1,
        row=27369,
    ),
    ScriptReview(
        "plain-complaint",
        "시간 낭비였다. 이야기는 앞뒤가 안 맞고 연기는 어색하고 웃기려는 장면마다 지루하다. 돈도 아깝고 시간도 아깝다. "
        "정말 별로다.",
        truth=0,
    ),
    ScriptReview(
        "negation",
        "오늘 처음본 영화인데.. 이 영화는 정말이지 별 다섯개가 아니라 100개를 줘도 아깝지 않다. 왜 명작이라 하는지 "
        "알것같은영화.",
        truth=1,
        row=25726,
    ),
    ScriptReview(
        "contrast",
        "주윤발때문에 기대했지만 기대치에 요만큼도 만족시키지 못한 영화",
        truth=0,
        row=13357,
    ),
    ScriptReview(
        "distance",
        "정말 재미있게 봤다. 항구 도시의 우체국 직원이 밤기차에서 가방을 하나 줍고, 주인을 찾으러 세 도시를 다니다가 "
        "빵집 위층에 방을 얻고, 시계를 고치는 사람을 만난다. 가방에는 끈으로 묶은 1931년의 편지와 번호가 적힌 열쇠가 "
        "들어 있다.",
        truth=1,
    ),
    ScriptReview(
        "mixed",
        "중간중간 짜증나는 요소들이 있지만, 그럭저럭 볼만한 괜찮은 영화",
        truth=1,
        row=28185,
    ),
    ScriptReview(
        "names",
        "'완벽한 하루'라는 영화. 이름이 '기쁨'인 간호사가 '천국'이라는 바닷가 마을에 가서 '행복 상회'라는 가게를 연다. "
        "두 시간 뒤에 가게를 닫는다. 차라리 주민센터에서 번호표를 들고 기다리는 게 덜 심심했을 것 같다.",
        truth=0,
    ),
    ScriptReview(
        "tears",
        "이거보고 실컷울었습니다 ㅠㅠ 지금이라도 어머니께 잘해드려야겠네요",
        truth=1,
        row=26765,
    ),
    ScriptReview(
        "emoticons",
        "따듯한 영화 맞지^-^?따듯함이 전해지지 전에 엄청난 지루함의 폭격이 시작된다^-^;;",
        truth=0,
        row=6890,
    ),
    ScriptReview(
        "irony",
        "최고의 영화다.이 영화를 본 후 앞으로 영화를 잘 선택해야 한다는 충고를 얻었다",
        truth=0,
        row=90,
    ),
    ScriptReview(
        "no-spaces",
        "5분도지루하지않았음..정말어이없게재미있는영화ㅡ...ㅡ최고다",
        truth=1,
        row=26532,
    ),
    ScriptReview(
        "wish",
        "좀더 섬세하고 깨끗하게 표현하면 좋았을텐데 주인공의 매력보다는 스토리에 끌려가는",
        truth=0,
        row=5902,
    ),
    ScriptReview(
        "comparison",
        "원작인영화 스타워즈는 정말 최고엿지만 이 애니메이션영화는 매우 실망했다",
        truth=0,
        row=8150,
    ),
    ScriptReview(
        "spelling",
        "이 영화 평점왜이럼...;;;난 징짜 잼나게 봤는데...;;;",
        truth=1,
        row=27319,
    ),
    ScriptReview(
        "quotation",
        "포스터에는 '감동의 걸작', 기사에는 '올해 최고의 영화', 친구는 '인생 영화'라고 했다. 다들 다른 영화를 본 "
        "모양이다. 나는 네 사람이 부엌에서 두 시간 동안 말다툼하는 걸 봤다.",
        truth=0,
    ),
    ScriptReview(
        "late-turn",
        "참.. 내가 이런 말도 안 되는 영화를 끝까지 봤다니.... 무성영화 보는 것도 아니고... 대사가 없어... 생존을 향할 "
        "열망.. 투지!. 좋았다.",
        truth=1,
        row=22658,
    ),
    ScriptReview(
        "other-domain",
        "배송은 빨랐어요. 그런데 청소기가 먼지를 먹는 게 아니라 뱉어요. 소리는 비행기 같고 선은 짧아서 방 하나 "
        "청소하려면 콘센트를 세 번 옮겨야 해요. 반품하려고 상자에 다시 넣었습니다.",
        truth=0,
    ),
    ScriptReview(
        "no-cue",
        "정말 ... 비추 32개월 애기가 영화좋아하는데이거 보면서 자네요 ㅎㅎㅎ",
        truth=0,
        row=14268,
    ),
    ScriptReview(
        "slang",
        "우워~이영화 물건이네.미루고미루다 이제서 봤는데 죽인다. 주드로 진짜 미남이네.",
        truth=1,
        row=29738,
    ),
    ScriptReview(
        "doubtful-label",
        "나쁘진않아 근데 굳이 시간쓰면서 보긴 시간이 아까워 근데 정말 할거없을때 봐도 볼만함 난 영화관가서봤는데 "
        "돈주고 보라해도 다시는 안봄",
        truth=1,
        row=26059,
    ),
)
