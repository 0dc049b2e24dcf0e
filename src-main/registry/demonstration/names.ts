/**
 * Parts of made-up names: common family names, and given names put together from neutral characters and syllables. No
 * list of real people went into them.
 */
export const FAMILY_NAMES_ZH = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]

export const GIVEN_CHARACTERS_ZH = [
  ...'一安柏晨初春丹东冬帆方芳飞枫歌光海涵航禾和恒虹华怀晖慧嘉建健江洁今锦静君凯可兰乐黎立莲林凌岚麦曼梅民明慕宁佩平琪青清秋荣蓉如若山珊尚诗石书舒思松素桃庭婷彤望微文溪霞夏贤小晓心欣新星秀雪雅言妍阳瑶叶怡亦英映雨玉月云芸泽之知志中竹子紫',
]

export const FAMILY_NAMES_LATIN = [
  'Alder', 'Ashby', 'Barlow', 'Bergmann', 'Birch', 'Brandt', 'Castell', 'Corder', 'Dahl', 'Delacroix', 'Ekholm', 'Elm',
  'Farrow', 'Fontaine', 'Garrido', 'Granger', 'Hallam', 'Hazel', 'Ivarsen', 'Jensen', 'Kestrel', 'Kowalski', 'Larch',
  'Linden', 'Marlow', 'Moreau', 'Navarro', 'Norling', 'Okafor', 'Olsen', 'Pereira', 'Quill', 'Rowan', 'Rossi', 'Sandoval',
  'Sorrel', 'Thorne', 'Tanaka', 'Ullman', 'Vance', 'Vasquez', 'Weller', 'Winter', 'Yarrow', 'Zeller', 'Müller', 'O’Brien',
  'García', 'Núñez', 'Åström',
] // prettier-ignore

export const GIVEN_NAMES_LATIN = [
  'Ada', 'Alba', 'Amir', 'Anders', 'Bela', 'Bruno', 'Carla', 'Cyril', 'Dario', 'Dora', 'Edda', 'Elio', 'Enzo', 'Fay',
  'Flora', 'Gita', 'Greta', 'Hana', 'Hugo', 'Ida', 'Ivo', 'Jana', 'Jonas', 'Kai', 'Klara', 'Lena', 'Luca', 'Maja', 'Milo',
  'Nadia', 'Nils', 'Olga', 'Oscar', 'Petra', 'Pia', 'Quentin', 'Rafael', 'Rita', 'Sami', 'Selma', 'Tara', 'Theo', 'Uma',
  'Vera', 'Viktor', 'Wanda', 'Xenia', 'Yann', 'Zita', 'José', 'Zoë', 'René',
] // prettier-ignore
